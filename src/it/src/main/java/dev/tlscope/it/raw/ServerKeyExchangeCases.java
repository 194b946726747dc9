package dev.tlscope.it.raw;

import java.math.BigInteger;
import java.util.Arrays;

/** ServerKeyExchanges that a client rejects (RFC 5246, 7.4.3; RFC 8422, 5.4). */
final class ServerKeyExchangeCases {
    private ServerKeyExchangeCases() {}

    static void add(RefusalCases cases) {
        exchanges(cases);
        signatures(cases);
        finiteField(cases);
    }

    private static void exchanges(RefusalCases cases) {
        exchange(
                cases, "exchange-curve-explicit", s -> s.keyExchange(OctetWriter.joined(new byte[] {1}, new byte[40])));
        exchange(
                cases, "exchange-group-unknown", s -> s.keyExchange(RawServer12.ecParameters(0xfe01, s.share.point())));
        exchange(cases, "exchange-group-sect283k1", s -> s.keyExchange(RawServer12.ecParameters(9, s.share.point())));
        exchange(cases, "exchange-point-empty", s -> s.keyExchange(RawServer12.ecParameters(EcShare.SECP256R1)));
        exchange(
                cases,
                "exchange-point-off-curve",
                s -> s.keyExchange(RawServer12.ecParameters(EcShare.SECP256R1, KeyShareCases.offCurve(s.share.point())))
                        .done());
        exchange(
                cases,
                "exchange-point-short",
                s -> s.keyExchange(RawServer12.ecParameters(EcShare.SECP256R1, Arrays.copyOf(s.share.point(), 40))));
        exchange(
                cases,
                "exchange-point-infinity",
                s -> s.keyExchange(RawServer12.ecParameters(EcShare.SECP256R1, (byte) 0)));
        exchange(
                cases,
                "exchange-cut",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.SERVER_KEY_EXCHANGE, (byte) 3, (byte) 0)));
        exchange(cases, "exchange-empty", s -> s.messages(HandshakeBytes.message(HandshakeBytes.SERVER_KEY_EXCHANGE)));
        exchange(cases, "exchange-missing", RawServer12::done);
        exchange(cases, "exchange-twice", s -> s.keyExchange(s.ecParameters()).keyExchange(s.ecParameters()));
        cases.atClient12(
                "exchange-in-rsa",
                s -> s.readHello()
                        .hello(h -> h.suite = Suites.TLS_RSA_WITH_AES_128_GCM_SHA256)
                        .certificate()
                        .keyExchange(s.ecParameters()));
    }

    private static void signatures(RefusalCases cases) {
        signed(cases, "exchange-scheme-unknown", 0xfe02);
        signed(cases, "exchange-scheme-md5", SignatureNumbers.RSA_PKCS1_MD5);
        signed(cases, "exchange-scheme-of-ec", SignatureNumbers.ECDSA_SECP256R1_SHA256);
        exchange(
                cases,
                "exchange-signature-of-other-bytes",
                s -> s.keyExchange(
                        SignatureNumbers.RSA_PKCS1_SHA256,
                        s.pki.signAsServer(SignatureNumbers.RSA_PKCS1_SHA256, new byte[5]),
                        s.ecParameters()));
        exchange(
                cases,
                "exchange-signature-zero",
                s -> s.keyExchange(SignatureNumbers.RSA_PKCS1_SHA256, new byte[256], s.ecParameters()));
        exchange(
                cases,
                "exchange-signature-short",
                s -> s.keyExchange(SignatureNumbers.RSA_PKCS1_SHA256, new byte[10], s.ecParameters()));
        exchange(
                cases,
                "exchange-signature-empty",
                s -> s.keyExchange(SignatureNumbers.RSA_PKCS1_SHA256, new byte[0], s.ecParameters()));
    }

    private static void signed(RefusalCases cases, String name, int scheme) {
        exchange(
                cases,
                name,
                s -> s.keyExchange(
                        scheme,
                        s.pki.signAsServer(SignatureNumbers.RSA_PKCS1_SHA256, s.signed(s.ecParameters())),
                        s.ecParameters()));
    }

    private static void finiteField(RefusalCases cases) {
        BigInteger p = FiniteField.FFDHE2048;
        dh(cases, "exchange-dh-public-0", p, BigInteger.ZERO);
        dh(cases, "exchange-dh-public-1", p, BigInteger.ONE);
        dh(cases, "exchange-dh-public-p-1", p, p.subtract(BigInteger.ONE));
        dh(cases, "exchange-dh-public-p", p, p);
        dh(cases, "exchange-dh-512-bits", FiniteField.OAKLEY_1.shiftRight(256).setBit(0), BigInteger.TEN);
        dh(cases, "exchange-dh-prime-1", BigInteger.ONE, BigInteger.ONE);
        cases.atClient12(
                "exchange-dh-cut",
                s -> s.readHello()
                        .hello(h -> h.suite = Suites.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                        .certificate()
                        .messages(HandshakeBytes.message(
                                HandshakeBytes.SERVER_KEY_EXCHANGE, (byte) 1, (byte) 0, (byte) 3)));
    }

    private static void dh(RefusalCases cases, String name, BigInteger p, BigInteger y) {
        cases.atClient12(
                name,
                s -> s.readHello()
                        .hello(h -> h.suite = Suites.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                        .certificate()
                        .keyExchange(FiniteField.parameters(p, BigInteger.valueOf(2), y)));
    }

    private static void exchange(RefusalCases cases, String name, RefusalCases.OneConnection<RawServer12> play) {
        cases.afterServerHello12(name, s -> play.with(s.certificate()));
    }
}
