package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** no-common-cipher-suite, no-usable-key: the server found no suite that it can use, for one of two reasons. */
final class NoCommonCipherSuite implements Cause {
    static final CauseId NO_COMMON_CIPHER_SUITE = CauseId.of(
            "no-common-cipher-suite",
            FixedBy.EITHER,
            "The two sides have no cipher suite in common.",
            "both lists, disjoint",
            "Enable on one side a suite that the other has.",
            "RFC 8446, 4.1.1; RFC 5246, 7.4.1.3");

    static final CauseId NO_USABLE_KEY = CauseId.of(
            "no-usable-key",
            FixedBy.SERVER,
            "The server has suites in common with the client, and no private key for them.",
            "the key manager selected no key although there are common suites",
            "Put a private key of the type into the key store that the suites and signature algorithms ask for.",
            "RFC 8446, 4.4.2.2; RFC 5246, 7.4.2");

    private static final int MOST_NAMED = 3;
    private static final int FIRST_TLS13 = 0x1301;
    private static final int LAST_TLS13 = 0x1307;

    @Override
    public List<CauseId> ids() {
        return List.of(NO_COMMON_CIPHER_SUITE, NO_USABLE_KEY);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        // Without the lists nothing is proven; the code below reports what is known.
        boolean known = !handshake.setUp(Field.ENABLED_SUITE).isEmpty();
        boolean fits = known
                && !handshake.isClient()
                && handshake.raised(AlertDescription.HANDSHAKE_FAILURE)
                && !TransportLoss.connectionLost(handshake)
                && handshake.certificateMessage(true).isEmpty()
                && handshake.message(HandshakeType.FINISHED, true).isEmpty();
        return fits ? handshake.clientHello().flatMap(hello -> finding(handshake, hello)) : Optional.empty();
    }

    private static Optional<Finding> finding(Handshake handshake, Hello hello) {
        List<String> offered = offered(hello, handshake.isTls13());
        List<String> local = local(handshake);
        List<String> common = offered.stream().filter(local::contains).toList();
        List<Evidence> lists = List.of(
                new Evidence("client offers", offered.isEmpty() ? others(hello, handshake) : Lists.few(offered)),
                new Evidence("server accepts", Lists.few(local)),
                new Evidence("common", common.isEmpty() ? "none" : Lists.few(common)));
        if (common.isEmpty()) {
            return Optional.of(disjoint(handshake, lists, offered));
        }
        // without a scheme in common no key would do
        boolean aboutTheKey = isAboutTheChoice(handshake) && !NoCommonSignatureAlgorithm.isDisjoint(handshake);
        return aboutTheKey ? Optional.of(noKey(handshake, hello, lists, common)) : Optional.empty();
    }

    /** The suites that it offers for versions other than the negotiated one. */
    private static String others(Hello hello, Handshake handshake) {
        List<String> others = offered(hello, !handshake.isTls13());
        return "none for " + (handshake.isTls13() ? "TLSv1.3" : "TLSv1.2 or below")
                + (others.isEmpty() ? "" : ", only " + Lists.few(others));
    }

    /**
     * True when the failure is about the selection: many other failures raise handshake_failure before the key manager
     * is asked.
     */
    private static boolean isAboutTheChoice(Handshake handshake) {
        return gaveNothing(handshake)
                || FailureEvidence.said(handshake, "no cipher suites in common")
                || FailureEvidence.said(handshake, "No available authentication scheme");
    }

    /** True when the key manager was asked, and returned no alias each time. */
    private static boolean gaveNothing(Handshake handshake) {
        List<Event> choices = AliasChoices.choices(handshake);
        return !choices.isEmpty() && choices.stream().noneMatch(choice -> choice.has(Field.ALIAS));
    }

    private static Finding disjoint(Handshake handshake, List<Evidence> lists, List<String> offered) {
        List<NotOffered> missing = NotOffered.among(NotOffered.ofKind(NotOffered.of(handshake), Kind.SUITE), offered);
        List<Evidence> evidence = new ArrayList<>(lists);
        evidence.addAll(NotOffered.evidence(handshake, missing));
        List<String> fix = new ArrayList<>(NotOffered.fixes(handshake, missing));
        fix.add(
                "Enable on one side a suite that the other has: SSLParameters.setCipherSuites, -Djdk.tls.server.cipherSuites.");
        return new Finding(
                NO_COMMON_CIPHER_SUITE,
                Confidence.CERTAIN,
                "Client and server have no cipher suite in common.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix));
    }

    private static Finding noKey(Handshake handshake, Hello hello, List<Evidence> lists, List<String> common) {
        ServerKeys keys = new ServerKeys(handshake, hello);
        List<Evidence> evidence = new ArrayList<>(keys.evidence());
        evidence.add(new Evidence(
                "key selected", handshake.keyPairs().isEmpty() ? "none" : "yes, and still no suite could be used"));
        evidence.addAll(lists);
        List<String> schemes =
                hello.signatureSchemes().stream().map(SignatureSchemes::nameOf).toList();
        if (!schemes.isEmpty() && evidence.stream().noneMatch(one -> one.value().contains(schemes.get(0)))) {
            evidence.add(new Evidence("client verifies", Lists.few(schemes)));
        }
        return new Finding(
                NO_USABLE_KEY,
                keys.confidence(),
                "The cipher suites are not the reason: " + Lists.few(common, MOST_NAMED) + " could be used, but "
                        + keys.sentence(),
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                keys.fixes());
    }

    private static List<String> local(Handshake handshake) {
        List<String> active = handshake.setUp(Field.ACTIVE_SUITE);
        return (active.isEmpty() ? handshake.setUp(Field.ENABLED_SUITE) : active)
                .stream()
                        .filter(suite -> CipherSuites.canBeChosen(CipherSuites.ofName(suite)))
                        .toList();
    }

    private static List<String> offered(Hello hello, boolean tls13) {
        return hello.cipherSuites().stream()
                .filter(suite ->
                        CipherSuites.canBeChosen(suite) && (suite >= FIRST_TLS13 && suite <= LAST_TLS13) == tls13)
                .map(CipherSuites::nameOf)
                .toList();
    }
}
