package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.OfferedValues;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A server whose capture shows what it accepts: the values that the client supports and did not offer, and that the
 * server would have accepted.
 */
final class KnownServer {
    private static final Set<CauseId> ABOUT_LISTS = Set.of(
            NoCommonProtocol.NO_COMMON_PROTOCOL,
            NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE,
            NoCommonGroup.NO_COMMON_GROUP,
            NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM);

    private KnownServer() {}

    /**
     * The server's finding with what this client left out of it.
     *
     * @param handshake as the client captured it; of a server's own the finding stays as it is
     */
    static Finding withWhatItTakes(Handshake handshake, Handshake server, Finding finding) {
        if (!handshake.isClient() || !ABOUT_LISTS.contains(finding.cause())) {
            return finding;
        }
        Set<String> taken = new HashSet<>(OfferedValues.localProtocols(server));
        List<String> active = server.setUp(Field.ACTIVE_SUITE);
        taken.addAll(active.isEmpty() ? server.setUp(Field.ENABLED_SUITE) : active);
        taken.addAll(server.setUp(Field.NAMED_GROUP));
        taken.addAll(server.setUp(Field.ACTIVE_SIGNATURE_SCHEME));
        List<NotOffered> wanted = NotOffered.among(NotOffered.of(handshake), taken);
        List<Evidence> evidence =
                new ArrayList<>(finding.evidence().stream().limit(1).toList());
        evidence.addAll(NotOffered.evidence(handshake, wanted));
        evidence.addAll(finding.evidence().stream().skip(1).toList());
        List<String> fix = new ArrayList<>(NotOffered.fixes(handshake, wanted));
        fix.addAll(finding.fix());
        return new Finding(
                finding.cause(),
                finding.confidence(),
                finding.summary(),
                List.copyOf(evidence),
                fix.stream().distinct().toList(),
                finding.candidates());
    }
}
