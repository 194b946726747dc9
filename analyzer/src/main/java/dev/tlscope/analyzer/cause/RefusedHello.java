package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.OfferedValues;
import dev.tlscope.analyzer.evidence.ServerNameSent;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client's side of a server that found nothing acceptable in a list: handshake_failure before any certificate. Only
 * the server knows which list it was.
 */
final class RefusedHello implements Cause {

    @Override
    public List<CauseId> ids() {
        return List.of(
                NoCommonCipherSuite.NO_USABLE_KEY,
                NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE,
                NoCommonProtocol.NO_COMMON_PROTOCOL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean fits = handshake.isClient()
                && handshake.received(AlertDescription.HANDSHAKE_FAILURE)
                && handshake.certificateMessage(false).isEmpty()
                && handshake.message(HandshakeType.FINISHED, false).isEmpty();
        return fits ? handshake.clientHello().map(hello -> finding(handshake, hello)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Hello hello) {
        // A server that has answered has selected suite and group: then it lacks a key.
        boolean answered = handshake.message(HandshakeType.SERVER_HELLO, false).isPresent();
        List<NotOffered> all = NotOffered.of(handshake);
        List<NotOffered> missing = answered ? NotOffered.ofKind(all, Kind.SIGNATURE_SCHEME) : all;
        List<NotOffered> own = missing.stream().filter(NotOffered::isOwnChoice).toList();
        List<NotOffered> usual =
                missing.stream().filter(one -> !one.isOwnChoice()).toList();
        boolean missed = ServerNameSent.isMissed(handshake);
        Evidence name = new Evidence("server_name", ServerNameSent.describe(handshake));
        List<Evidence> evidence = new ArrayList<>();
        if (missed) {
            evidence.add(name);
        }
        evidence.addAll(NotOffered.evidence(handshake, own));
        evidence.add(new Evidence("client offers", Lists.few(OfferedValues.suites(hello))));
        evidence.addAll(NotOffered.evidence(handshake, usual));
        if (!missed) {
            evidence.add(name);
        }
        evidence.add(new Evidence("client's versions", String.join(", ", hello.offeredVersions())));
        evidence.add(new Evidence(
                "client's groups",
                Lists.few(hello.groups().stream().map(NamedGroups::nameOf).toList())));
        List<String> fix = new ArrayList<>();
        if (missed) {
            fix.add(ServerNameSent.fix(handshake));
        }
        fix.addAll(NotOffered.fixes(handshake, own));
        fix.add("Compare that with what the server accepts: openssl s_client -connect "
                + (handshake.peer() == null ? "HOST:PORT" : handshake.peer())
                + ", with -cipher, -groups and -sigalgs; or attach tlscope to the server.");
        fix.addAll(NotOffered.fixes(handshake, usual));
        Finding finding = new Finding(
                answered ? NoCommonCipherSuite.NO_USABLE_KEY : NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE,
                Confidence.POSSIBLE,
                answered
                        ? "The server accepted the ClientHello and then found no certificate for it."
                        : "The server found nothing that it can use in the ClientHello: no suite, or no key or group"
                                + " for one.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix));
        if (missed) {
            finding = finding.or(Candidate.possible(
                    UnrecognizedName.UNRECOGNIZED_NAME, "whether the server needs a server_name: none was sent"));
        }
        Candidate scheme = Candidate.possible(
                NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM,
                "the server's key has a scheme that the client does not offer: JSSE has none for brainpool curves nor, from JDK 16 on, for"
                        + " secp256k1, and has Ed25519 from JDK 15 on");
        return answered
                ? finding.or(scheme)
                : finding.or(
                        Candidate.possible(
                                NoCommonCipherSuite.NO_USABLE_KEY,
                                "the server's key store holds no key for the common suites"),
                        Candidate.possible(NoCommonGroup.NO_COMMON_GROUP, "the server has none of the client's groups"),
                        scheme,
                        Candidate.possible(
                                NoCommonProtocol.NO_COMMON_PROTOCOL,
                                "the server supports none of the client's versions: GnuTLS sends this alert for it"));
    }
}
