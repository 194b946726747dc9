package dev.tlscope.it.raw;

import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;

/** Key shares in a TLS 1.3 ClientHello that a server rejects (RFC 8446, 4.2.8). */
final class KeyShareCases {
    private KeyShareCases() {}

    static void add(RefusalCases cases) {
        cases.atServer("share-missing", c -> c.hello(h -> h.without(HelloExtensions.KEY_SHARE)), TlsVersion.TLS13);
        body(cases, "share-body-empty");
        body(cases, "share-length-wrong", (byte) 0, (byte) 9, (byte) 0, (byte) 23);
        entries(cases, "share-key-exchange-empty", EcShare.SECP256R1);
        entry(cases, "share-off-curve", EcShare.SECP256R1, KeyShareCases::offCurve);
        entry(cases, "share-point-compressed", EcShare.SECP256R1, point -> compressed(point));
        entry(cases, "share-point-short", EcShare.SECP256R1, point -> java.util.Arrays.copyOf(point, 64));
        entry(cases, "share-point-at-infinity", EcShare.SECP256R1, point -> new byte[1]);
        entry(cases, "share-point-zero", EcShare.SECP256R1, point -> zero(65));
        entry(cases, "share-of-other-group", EcShare.SECP384R1, point -> point);
        entry(cases, "share-x25519-zero", EcShare.X25519, point -> new byte[32]);
        entry(cases, "share-x25519-order-8", EcShare.X25519, point -> orderEight());
        entry(cases, "share-x25519-short", EcShare.X25519, point -> new byte[31]);
        entry(cases, "share-ffdhe-zero", EcShare.FFDHE2048, point -> new byte[256]);
        entry(cases, "share-ffdhe-one", EcShare.FFDHE2048, point -> one(256));
        entry(cases, "share-ffdhe-all-ones", EcShare.FFDHE2048, point -> filled(256));
        cases.atServer("share-then-wrong-group-again", KeyShareCases::retriedInVain, TlsVersion.TLS13);
    }

    static byte[] offCurve(byte... point) {
        byte[] moved = point.clone();
        moved[moved.length - 1] ^= 1;
        return moved;
    }

    private static void body(RefusalCases cases, String name, byte... body) {
        cases.atServer(name, c -> c.hello(h -> h.put(HelloExtensions.KEY_SHARE, body)), TlsVersion.TLS13);
    }

    private static void entries(RefusalCases cases, String name, int group, byte... keyExchange) {
        cases.atServer(
                name,
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_GROUPS, HelloExtensions.list(2, group))
                        .put(
                                HelloExtensions.KEY_SHARE,
                                new OctetWriter()
                                        .vector(2, EcShare.entry(group, keyExchange))
                                        .bytes())),
                TlsVersion.TLS13);
    }

    private static void entry(RefusalCases cases, String name, int group, UnaryOperator<byte[]> change) {
        cases.atServer(
                name,
                c -> c.hello(h -> h.put(HelloExtensions.SUPPORTED_GROUPS, HelloExtensions.list(2, group))
                        .put(
                                HelloExtensions.KEY_SHARE,
                                new OctetWriter()
                                        .vector(2, EcShare.entry(group, change.apply(c.share.point())))
                                        .bytes())),
                TlsVersion.TLS13);
    }

    /** After a HelloRetryRequest asked for a share, the client again sends none. */
    private static void retriedInVain(RawClient client) throws GeneralSecurityException, java.io.IOException {
        client.hello(h -> h.put(HelloExtensions.KEY_SHARE, (byte) 0, (byte) 0));
        client.nextMessage(HandshakeBytes.SERVER_HELLO);
        client.messages(client.sent().message());
    }

    static byte[] compressed(byte... point) {
        byte[] short33 = java.util.Arrays.copyOf(point, 33);
        short33[0] = (byte) (2 + (point[64] & 1));
        return short33;
    }

    private static byte[] zero(int length) {
        byte[] bytes = new byte[length];
        bytes[0] = 4;
        return bytes;
    }

    private static byte[] one(int length) {
        byte[] bytes = new byte[length];
        bytes[length - 1] = 1;
        return bytes;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    /** u of a point of order 8 of Curve25519 (RFC 7748, 7: the shared secret becomes zero). */
    private static byte[] orderEight() {
        return OctetWriter.hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
    }
}
