package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.PublicValue;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * malformed-message, weak-dh: the peer's public value of the key exchange does not belong to its group (RFC 8446,
 * 4.2.8; RFC 8422, 5.11; RFC 7919, 5.1; RFC 7748, 6), as computed from the captured bytes, and JSSE failed in the key
 * exchange. JSSE's exception depends on the update and on the provider, which may fail for other reasons: the value
 * decides.
 */
final class ImpossiblePublicValue implements Cause {
    private static final List<String> KEY_EXCHANGE =
            List.of("KeyExchange", "KAKeyDerivation", "KeyShareExtension", "DHE", "JsseJce.decodePoint");

    private static final int SHOWN = 40;

    @Override
    public List<CauseId> ids() {
        return List.of(MalformedMessage.MALFORMED_MESSAGE, WeakDh.WEAK_DH);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || KEY_EXCHANGE.stream().noneMatch(handshake::cameThrough)) {
            return Optional.empty();
        }
        for (PublicValue value : PublicValue.received(handshake)) {
            Optional<String> defect = isOffered(handshake, value) ? value.defect() : Optional.empty();
            if (defect.isPresent()) {
                return Optional.of(finding(handshake, value, defect.get()));
            }
        }
        return Optional.empty();
    }

    /** JSSE does not look at a value of a group that this client did not offer: it refuses the group. */
    private static boolean isOffered(Handshake handshake, PublicValue value) {
        return !handshake.isClient()
                || handshake
                        .clientHello()
                        .map(Hello::groups)
                        .filter(groups -> !groups.isEmpty() && !groups.contains(value.group()))
                        .isEmpty();
    }

    private static Finding finding(Handshake handshake, PublicValue value, String defect) {
        String hex = HexFormat.of().formatHex(value.bytes(), 0, Math.min(SHOWN, value.bytes().length));
        return new Finding(
                value.isFiniteField() ? WeakDh.WEAK_DH : MalformedMessage.MALFORMED_MESSAGE,
                Confidence.CERTAIN,
                "The " + handshake.peerRole() + "'s public value for the group " + value.groupName()
                        + " is not valid in that group: " + defect + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", value.message()),
                        new Evidence("field", value.field()),
                        new Evidence("group", value.groupName()),
                        new Evidence(
                                "public value",
                                (hex.isEmpty() ? "empty" : hex) + (value.bytes().length > SHOWN ? "..." : "") + " ("
                                        + value.bytes().length + " bytes)"),
                        new Evidence("what is wrong", defect)),
                List.of(
                        "Find out which TLS implementation the " + handshake.peerRole()
                                + " has, and its version: no correct one makes such a value.",
                        "Look at the bytes at the peer as well: what lies between may have changed them, or may be"
                                + " probing this "
                                + handshake.role() + "."));
    }
}
