package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.ServerNameSent;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.tls.AlertDescription;
import java.util.List;
import java.util.Optional;

/** unrecognized-name: the server has no service with the name in server_name (RFC 6066, 3). */
final class UnrecognizedName implements Cause {
    static final CauseId UNRECOGNIZED_NAME = CauseId.of(
            "unrecognized-name",
            FixedBy.EITHER,
            "The server is not configured for the name that the client asked for.",
            "server_name of the ClientHello",
            "Ask for a name that the server has, or add this one there.",
            "RFC 6066, 3");

    /** sun.security.ssl.Alert.AlertConsumer turns a warning in the handshake into handshake_failure. */
    private static final String WARNING = "Received handshake warning: unrecognized_name";

    @Override
    public List<CauseId> ids() {
        return List.of(UNRECOGNIZED_NAME);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean fits = handshake.raised(AlertDescription.UNRECOGNIZED_NAME)
                || (handshake.isClient() && handshake.received(AlertDescription.UNRECOGNIZED_NAME))
                || (handshake.isClient() && handshake.raised() && FailureEvidence.said(handshake, WARNING));
        return fits ? handshake.clientHello().map(hello -> finding(handshake, hello)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Hello hello) {
        String name = hello.serverName();
        return name == null ? unnamed(handshake) : unknown(handshake, name);
    }

    /** The alert says that the name is unknown, but there is none. */
    private static Finding unnamed(Handshake handshake) {
        return new Finding(
                UNRECOGNIZED_NAME,
                Confidence.CERTAIN,
                handshake.isClient()
                        ? "The server requires a server_name, and this client sent none."
                        : "This server requires a server_name, and the client sent none.",
                FailureEvidence.with(handshake, new Evidence("server_name", ServerNameSent.describe(handshake))),
                List.of(
                        ServerNameSent.fix(handshake),
                        "Or have the server accept connections without a name: a default virtual host."));
    }

    private static Finding unknown(Handshake handshake, String name) {
        return new Finding(
                UNRECOGNIZED_NAME,
                Confidence.CERTAIN,
                "The server is not configured for the name that the client asked for: " + name + ".",
                FailureEvidence.with(handshake, new Evidence("server_name", name)),
                List.of(
                        "Ask for a name that the server is configured for, or add this one there (SNIMatcher, virtual host).",
                        "A proxy or load balancer in between may pass on another name than the client's."));
    }
}
