package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.OfferedValues;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** no-common-group: the two sides' lists of groups for the key exchange are disjoint (RFC 8446, 4.2.7; RFC 8422, 5.1.1). */
final class NoCommonGroup implements Cause {
    static final CauseId NO_COMMON_GROUP = CauseId.of(
            "no-common-group",
            FixedBy.EITHER,
            "The two sides have no group for the key exchange in common.",
            "supported_groups of the client beside the server's",
            "Enable a common group: -Djdk.tls.namedGroups, SSLParameters.setNamedGroups.",
            "RFC 8446, 4.2.7; RFC 8422, 5.1.1");

    @Override
    public List<CauseId> ids() {
        return List.of(NO_COMMON_GROUP);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || TransportLoss.connectionLost(handshake)) {
            return Optional.empty();
        }
        return handshake
                .clientHello()
                .filter(hello -> !hello.groups().isEmpty())
                .flatMap(hello ->
                        handshake.isClient() ? chosenByServer(handshake, hello) : foundByServer(handshake, hello));
    }

    private static Optional<Finding> foundByServer(Handshake handshake, Hello hello) {
        List<String> offered = names(hello.groups());
        List<String> local = handshake.setUp(Field.NAMED_GROUP);
        boolean early = handshake.messages().stream().noneMatch(message -> message.sent() && message.isHandshake());
        boolean disjoint = !local.isEmpty() && offered.stream().noneMatch(local::contains);
        return early && disjoint && needsGroup(handshake, hello)
                ? Optional.of(finding(
                        handshake,
                        "Client and server have no group for the key exchange in common.",
                        Lists.few(offered),
                        Lists.few(local),
                        offered))
                : Optional.empty();
    }

    /**
     * True when a group is required: TLS 1.3 with certificates needs (EC)DHE; in TLS 1.2 all common suites must use
     * ECDHE.
     */
    private static boolean needsGroup(Handshake handshake, Hello hello) {
        if (handshake.isTls13()) {
            return true;
        }
        List<String> local = handshake.setUp(Field.ACTIVE_SUITE);
        List<String> common =
                OfferedValues.suites(hello).stream().filter(local::contains).toList();
        return !common.isEmpty() && common.stream().allMatch(suite -> suite.startsWith("TLS_ECDHE_"));
    }

    private static Optional<Finding> chosenByServer(Handshake handshake, Hello hello) {
        MessageFields decoded = MessageFields.of(handshake);
        Optional<DecodedMessage> last =
                decoded.lastReceived(HandshakeType.SERVER_HELLO, HandshakeType.SERVER_KEY_EXCHANGE);
        OptionalInt chosen = last.map(NoCommonGroup::chosen).orElse(OptionalInt.empty());
        return chosen.isPresent() && !hello.groups().contains(chosen.getAsInt())
                ? Optional.of(finding(
                        handshake,
                        "The server chose the group " + NamedGroups.nameOf(chosen.getAsInt())
                                + ", which this client did not offer.",
                        Lists.few(names(hello.groups())),
                        NamedGroups.nameOf(chosen.getAsInt()) + ", which it chose in "
                                + last.map(DecodedMessage::name).orElse(""),
                        List.of(NamedGroups.nameOf(chosen.getAsInt()))))
                : Optional.empty();
    }

    private static OptionalInt chosen(DecodedMessage message) {
        HandshakeType type = message.handshakeType();
        if (type == null) {
            return OptionalInt.empty();
        }
        return switch (type) {
            case SERVER_HELLO ->
                message.name().equals("HelloRetryRequest")
                        ? MessageFields.number(message, "extensions", "key_share", "selected_group")
                        : MessageFields.number(message, "extensions", "key_share", "server_share", "group");
            case SERVER_KEY_EXCHANGE -> MessageFields.number(message, "named_curve");
            default -> OptionalInt.empty();
        };
    }

    /**
     * The finding.
     *
     * @param wanted what the other side has
     */
    private static Finding finding(
            Handshake handshake, String summary, String client, String server, List<String> wanted) {
        List<NotOffered> missing = NotOffered.among(NotOffered.ofKind(NotOffered.of(handshake), Kind.GROUP), wanted);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("client's groups", client));
        evidence.add(new Evidence("server's groups", server));
        evidence.addAll(NotOffered.evidence(handshake, missing));
        evidence.add(new Evidence(
                "-Djdk.tls.namedGroups",
                handshake.systemProperty("jdk.tls.namedGroups").orElse("not set; the default of this JDK")));
        List<String> fix = new ArrayList<>(NotOffered.fixes(handshake, missing));
        fix.add("Enable on one side a group that the other has: -Djdk.tls.namedGroups, SSLParameters.setNamedGroups"
                + " (JDK 20), openssl's -groups.");
        fix.add("A peer with ML-KEM groups alone needs a JDK that has them, or x25519 or secp256r1 beside them.");
        return new Finding(
                NO_COMMON_GROUP,
                Confidence.CERTAIN,
                summary,
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix));
    }

    private static List<String> names(List<Integer> groups) {
        return groups.stream().map(NamedGroups::nameOf).toList();
    }
}
