package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.message.CipherSuites;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Parting;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Evidence that several causes tell in the same words. */
final class Facts {
    /** Alerts that are about a certificate (RFC 8446, 6.2): bad_certificate to certificate_unknown, unknown_ca, access_denied. */
    static final Integer[] CERTIFICATE_ALERTS = {42, 43, 44, 45, 46, 48, 49};

    private static final int FRAMES = 3;

    /** Messages of java.net.SocketException: of NioSocketImpl and PlainSocketImpl, and of a closed Socket. */
    private static final List<String> OWN_CLOSE = List.of("Socket closed", "Socket is closed", "Closed by interrupt");

    private static final int FEW = 6;

    private Facts() {}

    /** These facts, then the alert and the stage. */
    static List<Evidence> with(Handshake handshake, Evidence... first) {
        List<Evidence> all = new ArrayList<>(List.of(first));
        Parting.socketEnd(handshake)
                .ifPresent(end -> all.add(new Evidence("socket below the engine", Parting.describe(end))));
        all.add(alert(handshake));
        all.add(stage(handshake));
        return List.copyOf(all);
    }

    /** The first few of a list, and how many more. */
    static String few(List<String> values) {
        if (values.isEmpty()) {
            return "none";
        }
        String shown = String.join(", ", values.subList(0, Math.min(FEW, values.size())));
        return values.size() <= FEW ? shown : shown + " and " + (values.size() - FEW) + " more";
    }

    /** The suites that a client offers, without what no server can choose. */
    static List<String> suites(Hello hello) {
        return hello.cipherSuites().stream()
                .filter(CipherSuites::canBeChosen)
                .map(CipherSuites::nameOf)
                .toList();
    }

    /** True when JSSE's diagnostic, or a link of the exception chain, contains these words. */
    static boolean said(Handshake handshake, String words) {
        Event failure = handshake.failure();
        String diagnostic = failure == null ? null : failure.text(Field.DIAGNOSTIC);
        return (diagnostic != null && diagnostic.contains(words))
                || (failure != null && failure.texts(Field.EXCEPTION).stream().anyMatch(link -> link.contains(words)));
    }

    /** Protocols that this side has: what policy left of them where it is known. */
    static List<String> localProtocols(Handshake handshake) {
        List<String> active = handshake.setUp(Field.ACTIVE_PROTOCOL);
        return active.isEmpty() ? handshake.setUp(Field.ENABLED_PROTOCOL) : active;
    }

    static String subjects(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .collect(Collectors.joining(" < "));
    }

    /** True when it was the transport that failed; JDK 8 makes handshake_failure of that. */
    static boolean connectionLost(Handshake handshake) {
        return handshake.broke()
                || handshake.parting() != null
                || handshake.transportThrew("java.net.SocketTimeoutException")
                || handshake.transportThrew("java.io.EOFException")
                || closedHere(handshake);
    }

    /** True when another thread of this side closed the connection, or interrupted the one that waited on its channel. */
    static boolean closedHere(Handshake handshake) {
        boolean socket = handshake.transportThrew("java.net.SocketException")
                && OWN_CLOSE.stream().anyMatch(words -> said(handshake, words));
        return socket
                || handshake.threw("java.nio.channels.ClosedByInterruptException")
                || handshake.threw("java.nio.channels.AsynchronousCloseException");
    }

    /** True when it was the certification path that failed, not what follows it. */
    static boolean pathFailed(Handshake handshake) {
        return handshake.threw("sun.security.validator.ValidatorException")
                || handshake.threw("sun.security.provider.certpath.SunCertPathBuilderException")
                || handshake.threw("java.security.cert.CertPathValidatorException");
    }

    /** In days where it is at least one, else in hours, else in minutes. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min";
    }

    static String alertName(Handshake handshake) {
        return handshake.alert() < 0 ? "no alert" : AlertDescription.nameOf(handshake.alert());
    }

    /** The last link of the exception chain; empty when there is none. */
    static Optional<String> innermost(Handshake handshake) {
        Event failure = handshake.failure();
        List<String> chain = failure == null ? List.of() : failure.texts(Field.EXCEPTION);
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
    }

    /** The alert, and JSSE's own words for it. */
    static Evidence alert(Handshake handshake) {
        Event failure = handshake.failure();
        String words = innermost(handshake).orElse(failure == null ? null : failure.text(Field.DIAGNOSTIC));
        return new Evidence(
                handshake.alertReceived() ? "alert received" : "alert raised here",
                alertName(handshake) + (words == null ? "" : " (" + words + ")"));
    }

    /** The application's own frames under which it failed, innermost first. */
    static Evidence application(String what, Handshake handshake) {
        return new Evidence(what, Frames.innermostOfApplication(handshake.frames(), FRAMES));
    }

    static Evidence stage(Handshake handshake) {
        Event failure = handshake.failure();
        String stage = failure == null ? null : failure.text(Field.STAGE);
        return new Evidence(
                "stage",
                (stage == null ? "handshake" : stage) + ", last sent " + handshake.last(true) + ", last received "
                        + handshake.last(false));
    }

    /** Certificate, alias and both keys of a pair that the key manager handed out. */
    static List<Evidence> pair(Event pair) {
        List<Evidence> facts = new ArrayList<>();
        leaf(pair).ifPresent(leaf -> facts.add(new Evidence("certificate", Certificates.describe(leaf))));
        put(facts, "alias", pair.text(Field.ALIAS));
        put(facts, "certificate's key SHA-256", pair.text(Field.CERTIFICATE_KEY_SHA256));
        put(facts, "private key's key SHA-256", pair.text(Field.PRIVATE_KEY_SHA256));
        put(facts, "compared", pair.text(Field.REASON));
        return facts;
    }

    static Optional<X509Certificate> leaf(Event pair) {
        byte[] der = pair.bytes(Field.CERTIFICATE);
        return der == null ? Optional.empty() : Certificates.parse(der);
    }

    private static void put(List<Evidence> facts, String what, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            facts.add(new Evidence(what, value));
        }
    }
}
