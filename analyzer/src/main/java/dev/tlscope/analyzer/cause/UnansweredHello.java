package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.ServerNameSent;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is missing in a ClientHello that the server answered with a close, a reset, or an alert that does not show the
 * reason. Servers do so when they accept nothing in it.
 */
final class UnansweredHello {
    private UnansweredHello() {}

    static boolean is(Handshake handshake) {
        return handshake.isClient()
                && handshake.message(HandshakeType.CLIENT_HELLO, true).isPresent()
                && handshake.messages().stream().noneMatch(message -> !message.sent() && message.isHandshake());
    }

    /**
     * The finding with what this client does not offer, as a candidate if the reason is more than the application's own
     * list.
     *
     * @param why whose fixes the finding may have
     */
    static Finding explain(Handshake handshake, Unanswered why, Finding finding) {
        if (!is(handshake)) {
            return finding;
        }
        List<NotOffered> missing = NotOffered.of(handshake);
        List<NotOffered> own = missing.stream().filter(NotOffered::isOwnChoice).toList();
        boolean missed = ServerNameSent.isMissed(handshake);
        Evidence name = new Evidence("server_name", ServerNameSent.describe(handshake));
        List<Evidence> evidence = new ArrayList<>();
        // the port and the size of the hello are signs of their own; what it lacks is a guess until the server says so
        List<String> signs = why.fix();
        List<String> fix = new ArrayList<>(finding.fix());
        fix.retainAll(signs);
        if (missed) {
            evidence.add(name);
            fix.add(ServerNameSent.fix(handshake));
        }
        evidence.addAll(NotOffered.evidence(handshake, own));
        fix.addAll(NotOffered.fixes(handshake, own));
        evidence.addAll(finding.evidence().stream().limit(1).toList());
        evidence.addAll(NotOffered.evidence(
                handshake, missing.stream().filter(one -> !one.isOwnChoice()).toList()));
        evidence.addAll(finding.evidence().stream().skip(1).toList());
        if (!missed) {
            evidence.add(name);
        }
        finding.fix().stream().filter(line -> !signs.contains(line)).forEach(fix::add);
        List<Candidate> candidates = new ArrayList<>(finding.candidates());
        List<NotOffered> unusual = own.stream().filter(NotOffered::isUnusual).toList();
        causes(unusual).stream()
                .filter(cause -> candidates.stream().noneMatch(candidate -> candidate.cause() == cause))
                .forEach(cause -> candidates.add(
                        Candidate.possible(cause, "whether the server needs what this client leaves out")));
        if (missed) {
            candidates.add(Candidate.possible(
                    UnrecognizedName.UNRECOGNIZED_NAME, "whether the server needs a server_name: none was sent"));
        }
        Confidence confidence = unusual.isEmpty() || finding.confidence() == Confidence.POSSIBLE
                ? finding.confidence()
                : Confidence.LIKELY;
        return new Finding(
                finding.cause(), confidence, finding.summary(), List.copyOf(evidence), List.copyOf(fix), candidates);
    }

    private static Set<CauseId> causes(List<NotOffered> own) {
        Set<CauseId> causes = new LinkedHashSet<>();
        for (NotOffered one : own) {
            causes.add(
                    one.kind() == Kind.PROTOCOL
                            ? NoCommonProtocol.NO_COMMON_PROTOCOL
                            : one.kind() == Kind.GROUP
                                    ? NoCommonGroup.NO_COMMON_GROUP
                                    : NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE);
        }
        return causes;
    }
}
