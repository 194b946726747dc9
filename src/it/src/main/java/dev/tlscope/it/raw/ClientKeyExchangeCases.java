package dev.tlscope.it.raw;

import java.math.BigInteger;
import java.util.Arrays;

/** ClientKeyExchanges that a server rejects, or that result in other keys (RFC 5246, 7.4.7; RFC 8422, 5.7). */
final class ClientKeyExchangeCases {
    private ClientKeyExchangeCases() {}

    static void add(RefusalCases cases) {
        exchanges(cases);
        rsa(cases);
        finiteField(cases);
    }

    private static void exchanges(RefusalCases cases) {
        point(cases, "client-point-off-curve", c -> KeyShareCases.offCurve(c.share.point()));
        point(cases, "client-point-empty", c -> new byte[0]);
        point(cases, "client-point-short", c -> Arrays.copyOf(c.share.point(), 64));
        point(cases, "client-point-infinity", c -> new byte[1]);
        point(cases, "client-point-compressed", c -> KeyShareCases.compressed(c.share.point()));
        cases.afterServerFlight12(
                "client-exchange-empty", c -> c.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE)));
        cases.afterServerFlight12(
                "client-exchange-cut",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE, (byte) 65, (byte) 4)));
    }

    /** RFC 5246, 7.4.7.1: the first three must be indistinguishable from a wrong Finished on the wire. */
    private static void rsa(RefusalCases cases) {
        rsa(
                cases,
                "client-premaster-garbage",
                (c, premaster) -> new OctetWriter()
                        .vector(
                                2,
                                new OctetWriter()
                                        .raw(new byte[1])
                                        .raw(filled(255))
                                        .bytes())
                        .bytes());
        rsa(
                cases,
                "client-premaster-other-version",
                (c, premaster) -> new OctetWriter()
                        .vector(2, c.encrypted(versioned(premaster, 0x0300)))
                        .bytes());
        rsa(
                cases,
                "client-premaster-47-bytes",
                (c, premaster) -> new OctetWriter()
                        .vector(2, c.encrypted(Arrays.copyOf(premaster, 47)))
                        .bytes());
        rsa(
                cases,
                "client-premaster-short",
                (c, premaster) -> new OctetWriter().vector(2, new byte[100]).bytes());
        rsa(cases, "client-premaster-cut", (c, premaster) -> new byte[] {1});
    }

    private static void rsa(RefusalCases cases, String name, Encryption encryption) {
        RefusalCases.OneConnection<RawClient12> play = c -> {
            c.hello(h -> h.suites(
                    c.version == TlsVersion.TLS12
                            ? Suites.TLS_RSA_WITH_AES_128_GCM_SHA256
                            : Suites.TLS_RSA_WITH_AES_128_CBC_SHA));
            c.readServerFlight();
            byte[] premaster = versioned(filled(48), c.version.number());
            c.keyExchange(premaster, encryption.of(c, premaster)).changeKeys().messages(c.finishedMessage());
        };
        cases.atServer12(name, play).in(TlsVersion.TLS10, TlsVersion.TLS11);
    }

    private static void finiteField(RefusalCases cases) {
        dh(cases, "client-dh-public-0", p -> BigInteger.ZERO);
        dh(cases, "client-dh-public-1", p -> BigInteger.ONE);
        dh(cases, "client-dh-public-p-1", p -> p.subtract(BigInteger.ONE));
        dh(cases, "client-dh-public-p", p -> p);
        cases.atServer12("client-dh-cut", c -> {
            c.hello(h -> h.suites(Suites.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256));
            c.readServerFlight().messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE, (byte) 1));
        });
    }

    private interface Encryption {
        byte[] of(RawClient12 client, byte[] premaster) throws Exception;
    }

    private interface DhValue {
        BigInteger of(BigInteger p);
    }

    private static void point(RefusalCases cases, String name, RefusalCases.MessageOf<RawClient12> point) {
        cases.afterServerFlight12(
                name,
                c -> c.keyExchange(
                                new byte[32],
                                new OctetWriter().vector(1, point.of(c)).bytes())
                        .changeKeys()
                        .messages(c.finishedMessage()));
    }

    private static void dh(RefusalCases cases, String name, DhValue value) {
        cases.atServer12(name, c -> {
            c.hello(h -> h.suites(Suites.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256));
            c.readServerFlight().keyExchange(new byte[1], FiniteField.number(value.of(c.dhPrime())));
        });
    }

    private static byte[] versioned(byte[] premaster, int version) {
        byte[] changed = premaster.clone();
        changed[0] = (byte) (version >> 8);
        changed[1] = (byte) version;
        return changed;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }
}
