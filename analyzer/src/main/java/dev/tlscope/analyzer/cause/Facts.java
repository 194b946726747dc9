package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evidence that several causes tell in the same words. */
final class Facts {
    private Facts() {}

    static String alertName(Handshake handshake) {
        return AlertDescription.nameOf(handshake.alert());
    }

    /** The alert, and JSSE's own words for it. */
    static Evidence alert(Handshake handshake) {
        Event failure = handshake.failure();
        String said = failure == null ? null : failure.text(Field.DIAGNOSTIC);
        List<String> chain = failure == null ? List.of() : failure.texts(Field.EXCEPTION);
        String words = !chain.isEmpty() ? chain.get(chain.size() - 1) : said;
        return new Evidence(
                handshake.alertReceived() ? "alert received" : "alert raised here",
                alertName(handshake) + (words == null ? "" : " (" + words + ")"));
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
