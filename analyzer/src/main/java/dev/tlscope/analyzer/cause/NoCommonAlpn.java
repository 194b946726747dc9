package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.List;
import java.util.Optional;

/** no-common-alpn: the application protocols have nothing in common (RFC 7301, 3.2). */
final class NoCommonAlpn implements Cause {
    static final CauseId NO_COMMON_ALPN = CauseId.of(
            "no-common-alpn",
            "The two sides have no application protocol in common.",
            "both ALPN lists",
            "Let both list one protocol in common.",
            "RFC 7301, 3.2");

    @Override
    public List<CauseId> ids() {
        return List.of(NO_COMMON_ALPN);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean fits = handshake.raised(AlertDescription.NO_APPLICATION_PROTOCOL)
                || handshake.received(AlertDescription.NO_APPLICATION_PROTOCOL);
        return fits ? handshake.clientHello().map(hello -> finding(handshake, hello)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Hello hello) {
        List<String> local = handshake.setUp(Field.LOCAL_ALPN);
        return new Finding(
                NO_COMMON_ALPN,
                Confidence.CERTAIN,
                "Client and server have no application protocol (ALPN) in common.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("client offers", String.join(", ", hello.applicationProtocols())),
                        new Evidence(
                                "server speaks",
                                handshake.isClient()
                                        ? "none of them"
                                        : local.isEmpty() ? "chosen by its code" : String.join(", ", local))),
                List.of(
                        "Let both sides list one protocol in common, such as http/1.1: SSLParameters.setApplicationProtocols."));
    }
}
