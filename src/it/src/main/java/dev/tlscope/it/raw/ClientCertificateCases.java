package dev.tlscope.it.raw;

/** What a server rejects from a client that it asked for a certificate, or did not ask (RFC 5246, 7.4.6 and 7.4.8). */
final class ClientCertificateCases {
    private ClientCertificateCases() {}

    static void add(RefusalCases cases) {
        certificates(cases);
    }

    private static void certificates(RefusalCases cases) {
        asked(cases, "client-certificate-empty", c -> c.messages(HandshakeBytes.certificate12()));
        asked(
                cases,
                "client-certificate-garbage",
                c -> c.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE, OctetWriter.hex("00000a 000007 30050203010203"))));
        asked(
                cases,
                "client-certificate-chain-12",
                c -> c.messages(HandshakeBytes.certificate12(RawPki.tooLong(c.pki.clientChain()))));
        asked(
                cases,
                "client-certificate-of-server",
                c -> c.messages(HandshakeBytes.certificate12(c.pki.serverChain())));
        asked(cases, "client-certificate-missing-message", c -> c.keyExchange());
        asked(cases, "client-verify-missing", c -> {
            c.messages(HandshakeBytes.certificate12(c.pki.clientChain()));
            c.keyExchange().changeKeys().messages(c.finishedMessage());
        });
        verify(
                cases,
                "client-verify-other-bytes",
                c -> HandshakeBytes.certificateVerify(
                        SignatureNumbers.ECDSA_SECP256R1_SHA256,
                        c.pki.signAsClient(SignatureNumbers.ECDSA_SECP256R1_SHA256, new byte[3])));
        verify(cases, "client-verify-scheme-unknown", c -> HandshakeBytes.certificateVerify(0xfe02, new byte[70]));
        verify(
                cases,
                "client-verify-scheme-of-rsa",
                c -> HandshakeBytes.certificateVerify(SignatureNumbers.RSA_PKCS1_SHA256, new byte[256]));
        verify(
                cases,
                "client-verify-md5",
                c -> HandshakeBytes.certificateVerify(SignatureNumbers.RSA_PKCS1_MD5, new byte[256]));
        verify(
                cases,
                "client-verify-garbage",
                c -> HandshakeBytes.certificateVerify(SignatureNumbers.ECDSA_SECP256R1_SHA256, new byte[70]));
        verify(cases, "client-verify-cut", c -> HandshakeBytes.message(HandshakeBytes.CERTIFICATE_VERIFY, (byte) 4));
        cases.afterServerFlight12(
                "client-certificate-unasked", c -> c.messages(HandshakeBytes.certificate12(c.pki.clientChain())));
        cases.afterServerFlight12("client-verify-unasked", c -> {
            c.keyExchange();
            c.messages(HandshakeBytes.certificateVerify(SignatureNumbers.ECDSA_SECP256R1_SHA256, new byte[70]));
        });
    }

    private static void asked(RefusalCases cases, String name, RefusalCases.OneConnection<RawClient12> play) {
        cases.afterServerFlight12(name, play).with(parameters -> parameters.setNeedClientAuth(true));
    }

    private static void verify(RefusalCases cases, String name, RefusalCases.MessageOf<RawClient12> message) {
        asked(cases, name, c -> {
            c.messages(HandshakeBytes.certificate12(c.pki.clientChain()));
            c.keyExchange().messages(message.of(c));
        });
    }
}
