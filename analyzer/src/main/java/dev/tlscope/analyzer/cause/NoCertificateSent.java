package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.ListedAuthorities;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client with keys was asked for a certificate and sent none, and the handshake completed anyway: a server that
 * requires one may reject the client in the application's protocol, or by closing, which a capture of the handshake
 * does not show.
 */
final class NoCertificateSent {
    private static final String JSSE = "sun.security.ssl.";

    private NoCertificateSent() {}

    /** The warning; empty if the client has no key, as most clients. */
    static Optional<Finding> note(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        boolean sentNone = handshake.isClient()
                && handshake.completed()
                && !handshake.failed()
                && handshake.hasEmptyCertificate(true);
        if (!sentNone || configuration == null) {
            return Optional.empty();
        }
        boolean foreign = configuration
                .keyManager()
                .filter(manager -> !manager.startsWith(JSSE))
                .isPresent();
        if (!foreign && configuration.keyEntries().isEmpty()) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("server", handshake.peer() == null ? "not known" : handshake.peer()));
        evidence.add(new Evidence("client's Certificate message", "empty"));
        List<Evidence> passedOver = OfferedKeys.passedOver(handshake);
        evidence.addAll(passedOver);
        Optional<String> listed = ListedAuthorities.listedBy(handshake);
        listed.ifPresent(names -> evidence.add(new Evidence("authorities that the server lists", names)));
        return Optional.of(new Finding(
                ClientCertificateMissing.CLIENT_CERTIFICATE_MISSING,
                Confidence.POSSIBLE,
                "A server asked for a client certificate and this client, which has a key, sent none; the handshake completed. If"
                        + " the server then refuses what is asked of it, that is why.",
                List.copyOf(evidence),
                List.of(
                        "Where the server needs it, give the client a certificate "
                                + (listed.isPresent() ? "of one of those authorities and " : "")
                                + "of a key type that the server accepts"
                                + (passedOver.stream()
                                                .noneMatch(fact -> fact.what().startsWith("alias "))
                                        ? "."
                                        : "; the lines of the aliases above say why each was passed over."),
                        "Where the server merely allows it, no action is needed.")));
    }
}
