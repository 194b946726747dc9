package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** no-common-alpn: the application protocols have nothing in common (RFC 7301, 3.2). */
final class NoCommonAlpn implements Cause {
    static final CauseId NO_COMMON_ALPN = CauseId.of(
            "no-common-alpn",
            FixedBy.EITHER,
            "The two sides have no application protocol in common.",
            "both ALPN lists",
            "Let both list one protocol in common.",
            "RFC 7301, 3.2");

    /** The class of JSSE that calls the application's selector. */
    private static final String CALLER = "sun.security.ssl.AlpnExtension";

    /** The value of GIVEN_UP. */
    private static final String LACKING = "no protocol";

    private static final int FRAMES = 3;
    private static final String SELECTOR = "SSLEngine.setHandshakeApplicationProtocolSelector, or that of SSLSocket";

    @Override
    public List<CauseId> ids() {
        return List.of(NO_COMMON_ALPN);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean refused = handshake.raised(AlertDescription.NO_APPLICATION_PROTOCOL)
                || handshake.received(AlertDescription.NO_APPLICATION_PROTOCOL);
        return handshake
                .clientHello()
                .flatMap(hello -> refused
                        ? Optional.of(refused(handshake, hello))
                        : threw(handshake, hello).or(() -> givenUp(handshake, hello)));
    }

    /** A client that closed unused after the server had chosen none of its protocols. */
    private static Optional<Finding> givenUp(Handshake handshake, Hello hello) {
        Event failure = handshake.failure();
        if (failure == null
                || !LACKING.equals(failure.text(Field.GIVEN_UP))
                || handshake.applicationProtocol().isPresent()) {
            return Optional.empty();
        }
        String offered = String.join(", ", hello.applicationProtocols());
        return Optional.of(new Finding(
                        NO_COMMON_ALPN,
                        Confidence.LIKELY,
                        "The handshake completed without an application protocol (ALPN): the server chose none of what this"
                                + " client offers, " + offered + ", and the client closed the connection unused.",
                        FailureEvidence.with(
                                handshake,
                                new Evidence("client offers", offered),
                                new Evidence("server chose", "none, in its reply to the ClientHello"),
                                new Evidence("who closed", Frames.usersOfTls(handshake.frames(), FRAMES)),
                                new Evidence("application data sent", "none")),
                        List.of(
                                "On the server, enable ALPN with one of " + offered
                                        + "; a proxy or load balancer that ends TLS in front of it has to do so too.",
                                "If a proxy inspects TLS in between, have it pass this host through: it completes the handshake"
                                        + " in the server's place."))
                .or(Candidate.possible(
                        Internal.INTERNAL,
                        "whether the client closed the connection for another reason: see its log")));
    }

    private static Finding refused(Handshake handshake, Hello hello) {
        List<String> local = handshake.setUp(Field.LOCAL_ALPN);
        Optional<String> selected = handshake.isClient() ? Optional.empty() : selected(handshake);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("client offers", String.join(", ", hello.applicationProtocols())));
        if (selected.isPresent()) {
            evidence.add(new Evidence("selector answered", selected.get() + ", which the client does not offer"));
        } else {
            evidence.add(new Evidence(
                    "server speaks",
                    handshake.isClient()
                            ? "none of them"
                            : local.isEmpty() ? "chosen by its code" : String.join(", ", local)));
        }
        handshake.setUp(Field.ALPN_SELECTOR).stream()
                .findFirst()
                .ifPresent(name -> evidence.add(new Evidence("selector", name)));
        return new Finding(
                NO_COMMON_ALPN,
                Confidence.CERTAIN,
                selected.map(answer -> "The server's own selector chose the application protocol (ALPN) " + answer
                                + ", which the client does not offer.")
                        .orElse("Client and server have no application protocol (ALPN) in common."),
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        selected.isPresent()
                                ? "On the server, have the selector (" + SELECTOR
                                        + ") answer a name that the client offers, spelled as registered: h2, http/1.1."
                                : "Let both sides list one protocol in common, such as http/1.1:"
                                        + " SSLParameters.setApplicationProtocols."));
    }

    /** What the application's selector answered, if that is a name and none that the client offers. */
    private static Optional<String> selected(Handshake handshake) {
        Event failure = handshake.failure();
        return Optional.ofNullable(failure == null ? null : failure.text(Field.SELECTED_ALPN))
                .filter(name -> !name.isEmpty());
    }

    /** The application's selector threw, which most often means that it found none: JSSE then sends another alert. */
    private static Optional<Finding> threw(Handshake handshake, Hello hello) {
        if (handshake.isClient() || !handshake.raised() || !handshake.cameThrough(CALLER)) {
            return Optional.empty();
        }
        return Frames.thrownByApplication(handshake.frames()).map(frame -> {
            String className = Frames.className(frame);
            String offered = String.join(", ", hello.applicationProtocols());
            return new Finding(
                            NO_COMMON_ALPN,
                            Confidence.LIKELY,
                            "The server's own selector of the application protocol (ALPN) threw, and chose none of what the"
                                    + " client offers: " + offered + ".",
                            FailureEvidence.with(
                                    handshake,
                                    new Evidence("client offers", offered),
                                    new Evidence("thrown by", className),
                                    new Evidence("at", frame)),
                            List.of(
                                    "Let both sides list one protocol in common: the client offers " + offered + ".",
                                    "A selector that finds none returns null, and JSSE sends no_application_protocol: "
                                            + SELECTOR + "."))
                    .or(Candidate.possible(
                            Internal.INTERNAL, "whether " + className + " threw for another reason: see its code"));
        });
    }
}
