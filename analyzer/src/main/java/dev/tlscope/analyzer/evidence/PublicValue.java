package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.tls.HandshakeType;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The public value of a key exchange, as a peer sent it.
 *
 * @param message that has it
 * @param field of that message
 * @param group its NamedGroup
 * @param bytes as on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record PublicValue(String message, String field, int group, byte[] bytes) {
    private static final int SECP256R1 = 0x17;
    private static final int SECP521R1 = 0x19;
    private static final int X25519 = 0x1d;
    private static final int X448 = 0x1e;
    private static final int FFDHE2048 = 0x100;
    private static final int FFDHE8192 = 0x104;

    /** SEC 1, 2.3.3; all that TLS has (RFC 8446, 4.2.8.2; RFC 8422, 5.4.1). */
    private static final int UNCOMPRESSED = 4;

    /** The beginning of all primes of RFC 7919, appendix A. */
    private static final byte[] PRIME = HexFormat.of().parseHex("ffffffffffffffffadf85458a2bb4a9a");

    /** From ffdhe2048 to ffdhe8192. */
    private static final int[] PRIME_BYTES = {256, 384, 512, 768, 1024};

    /** u of all points of Curve25519 and its twist whose order divides 8, reduced (RFC 7748, 6.1). */
    private static final String[] SMALL_ORDER = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
    };

    /**
     * The public values in the message that this side read last, or in the ServerKeyExchange before a ServerHelloDone.
     * Of several key shares, the one of the group that this server has selected, if it has.
     */
    public static List<PublicValue> received(Handshake handshake) {
        MessageFields decoded = MessageFields.of(handshake);
        Optional<DecodedMessage> last = decoded.lastReceived();
        HandshakeType type = last.map(DecodedMessage::handshakeType).orElse(null);
        if (last.isEmpty() || type == null) {
            return List.of();
        }
        return switch (type) {
            case CLIENT_HELLO -> shares(decoded, type, chosen(decoded), "client_shares");
            case SERVER_HELLO -> shares(decoded, type, -1, "server_share");
            case SERVER_KEY_EXCHANGE, SERVER_HELLO_DONE ->
                old(decoded, HandshakeType.SERVER_KEY_EXCHANGE, "public", curve(decoded, false));
            case CLIENT_KEY_EXCHANGE -> old(decoded, type, "ecdh_Yc", curve(decoded, true));
            default -> List.of();
        };
    }

    private static int chosen(MessageFields decoded) {
        return decoded.last(HandshakeType.SERVER_HELLO, true)
                .map(hello -> MessageFields.number(hello, "extensions", "key_share", "server_share", "group"))
                .orElse(OptionalInt.empty())
                .orElse(-1);
    }

    private static int curve(MessageFields decoded, boolean sent) {
        return decoded.last(HandshakeType.SERVER_KEY_EXCHANGE, sent)
                .map(exchange -> MessageFields.number(exchange, "named_curve"))
                .orElse(OptionalInt.empty())
                .orElse(-1);
    }

    private static List<PublicValue> old(MessageFields decoded, HandshakeType type, String field, int group) {
        return decoded.content(type, false, field).stream()
                .map(bytes -> new PublicValue(HandshakeTypes.nameOf(type.number()), field, group, bytes))
                .toList();
    }

    private static List<PublicValue> shares(MessageFields decoded, HandshakeType type, int chosen, String field) {
        byte[] bytes = decoded.content(type, false).orElse(new byte[0]);
        Optional<DecodedField> list =
                decoded.last(type, false).flatMap(message -> message.find("extensions", "key_share", field));
        if (list.isEmpty()) {
            return List.of();
        }
        List<DecodedField> entries =
                field.equals("server_share") ? List.of(list.get()) : list.get().children("KeyShareEntry");
        List<PublicValue> values = new ArrayList<>();
        for (DecodedField entry : entries) {
            int group =
                    entry.child("group").map(DecodedField::number).orElse(-1L).intValue();
            Optional<DecodedField> value = entry.child("key_exchange");
            if (value.isPresent() && (chosen < 0 || chosen == group)) {
                values.add(new PublicValue(
                        HandshakeTypes.nameOf(type.number()),
                        "key_share",
                        group,
                        value.get().content(bytes)));
            }
        }
        return values;
    }

    public String groupName() {
        return NamedGroups.nameOf(group);
    }

    public boolean isFiniteField() {
        return group >= FFDHE2048 && group <= FFDHE8192;
    }

    /** Why the value does not belong to its group, in words; empty if it does, or the group is unknown here. */
    public Optional<String> defect() {
        if (bytes.length == 0) {
            return Optional.of("it is empty");
        }
        if (group >= SECP256R1 && group <= SECP521R1) {
            return ofCurve();
        }
        if (group == X25519 || group == X448) {
            return ofMontgomery();
        }
        return isFiniteField() ? ofFiniteField() : Optional.empty();
    }

    private Optional<String> ofCurve() {
        Optional<ECParameterSpec> parameters = parameters(groupName());
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        EllipticCurve curve = parameters.get().getCurve();
        int size = (curve.getField().getFieldSize() + 7) / 8;
        if (bytes[0] != UNCOMPRESSED) {
            return Optional.of("its form is " + (bytes[0] & 0xff) + ", and only uncompressed points, 4, are allowed");
        }
        if (bytes.length != 1 + 2 * size) {
            return Optional.of("it has " + bytes.length + " bytes, and a point of this curve has " + (1 + 2 * size));
        }
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + size));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + size, bytes.length));
        BigInteger right =
                x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
        boolean on = x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.multiply(y).mod(prime).equals(right);
        return on ? Optional.empty() : Optional.of("the point is not on the curve");
    }

    private static Optional<ECParameterSpec> parameters(String name) {
        try {
            AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
            known.init(new ECGenParameterSpec(name));
            return Optional.of(known.getParameterSpec(ECParameterSpec.class));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<String> ofMontgomery() {
        int size = group == X25519 ? 32 : 56;
        if (bytes.length != size) {
            return Optional.of("it has " + bytes.length + " bytes, and one of this group has " + size);
        }
        boolean zero = group == X448 && new BigInteger(1, bytes).signum() == 0;
        return zero || (group == X25519 && isOfSmallOrder())
                ? Optional.of("it is of small order, so that the shared secret would be zero (RFC 7748, 6)")
                : Optional.empty();
    }

    /** The top bit does not count, and values of the prime or above are reduced (RFC 7748, 5). */
    private boolean isOfSmallOrder() {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[bytes.length - 1 - i] = bytes[i];
        }
        bigEndian[0] &= 0x7f;
        BigInteger prime = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        BigInteger value = new BigInteger(1, bigEndian).mod(prime);
        for (String one : SMALL_ORDER) {
            byte[] little = HexFormat.of().parseHex(one);
            BigInteger known = BigInteger.ZERO;
            for (int i = little.length - 1; i >= 0; i--) {
                known = known.shiftLeft(8).or(BigInteger.valueOf(little[i] & 0xff));
            }
            if (known.mod(prime).equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 7919, 5.1: 1 < value < p - 1. A value of p - 1 or a little less is not detected here. */
    private Optional<String> ofFiniteField() {
        if (new BigInteger(1, bytes).compareTo(BigInteger.ONE) <= 0) {
            return Optional.of(
                    "it is " + new BigInteger(1, bytes) + ", and 0 and 1 lead to a secret that anybody can compute");
        }
        int size = PRIME_BYTES[group - FFDHE2048];
        boolean large = bytes.length > size
                || (bytes.length == size && Arrays.compareUnsigned(bytes, 0, PRIME.length, PRIME, 0, PRIME.length) > 0);
        return large ? Optional.of("it is larger than the group's prime") : Optional.empty();
    }
}
