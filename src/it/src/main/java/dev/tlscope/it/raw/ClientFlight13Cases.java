package dev.tlscope.it.raw;

/** What a server rejects from a client after its hello, in TLS 1.3 (RFC 8446, 4.4 to 4.6). */
final class ClientFlight13Cases {
    private static final byte[] NO_CONTEXT = {};

    private ClientFlight13Cases() {}

    static void add(RefusalCases cases) {
        finished(cases);
        certificates(cases);
        after(cases);
    }

    private static void finished(RefusalCases cases) {
        flight(
                cases,
                "client13-finished-wrong",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[32])));
        flight(
                cases,
                "client13-finished-short",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[20])));
        flight(cases, "client13-finished-empty", c -> c.messages(HandshakeBytes.message(HandshakeBytes.FINISHED)));
        flight(cases, "client13-data-before-finished", c -> c.record(PlainRecord.APPLICATION_DATA, new byte[9]));
        flight(cases, "client13-certificate-unasked", c -> c.certificate());
        flight(
                cases,
                "client13-key-update-early",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 0)));
        flight(
                cases,
                "client13-end-of-early-data",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.END_OF_EARLY_DATA)));
        flight(cases, "client13-hello-again", c -> c.messages(c.sent().message()));
        flight(
                cases,
                "client13-key-exchange",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE, new byte[66])));
        flight(cases, "client13-ccs-of-2", c -> c.plain(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 2));
        flight(cases, "client13-ccs-twice", c -> {
            c.changeCipherSpec();
            c.changeCipherSpec();
        });
    }

    private static void certificates(RefusalCases cases) {
        asked(cases, "client13-certificate-empty", c -> c.messages(HandshakeBytes.certificate13(NO_CONTEXT)));
        asked(
                cases,
                "client13-certificate-garbage",
                c -> c.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE, OctetWriter.hex("00 00000a 000005 3003020101 0000"))));
        asked(
                cases,
                "client13-certificate-entry-empty",
                c -> c.messages(
                        HandshakeBytes.message(HandshakeBytes.CERTIFICATE, OctetWriter.hex("00 000005 000000 0000"))));
        asked(cases, "client13-certificate-missing-message", c -> c.messages(c.finishedMessage()));
        asked(
                cases,
                "client13-certificate-of-server",
                c -> c.messages(HandshakeBytes.certificate13(NO_CONTEXT, c.pki.serverChain())));
        asked(cases, "client13-verify-missing", c -> {
            c.certificate();
            c.messages(c.finishedMessage());
        });
        verify(
                cases,
                "client13-verify-other-bytes",
                c -> HandshakeBytes.certificateVerify(
                        SignatureNumbers.ECDSA_SECP256R1_SHA256,
                        c.pki.signAsClient(SignatureNumbers.ECDSA_SECP256R1_SHA256, new byte[3])));
        verify(cases, "client13-verify-scheme-unknown", c -> HandshakeBytes.certificateVerify(0xfe02, new byte[70]));
        verify(
                cases,
                "client13-verify-scheme-not-offered",
                c -> HandshakeBytes.certificateVerify(SignatureNumbers.RSA_PKCS1_MD5, new byte[70]));
        verify(
                cases,
                "client13-verify-scheme-of-rsa",
                c -> HandshakeBytes.certificateVerify(SignatureNumbers.RSA_PSS_RSAE_SHA256, new byte[256]));
        verify(
                cases,
                "client13-verify-cut",
                c -> HandshakeBytes.message(HandshakeBytes.CERTIFICATE_VERIFY, (byte) 4, (byte) 3));
    }

    private static void after(RefusalCases cases) {
        after(
                cases,
                "client13-key-update-2",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 2)));
        after(cases, "client13-key-update-empty", c -> c.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE)));
        after(cases, "client13-ticket", c -> c.messages(HandshakeBytes.newSessionTicket13(3600, new byte[8])));
        after(cases, "client13-renegotiates", c -> c.hello());
        after(
                cases,
                "client13-finished-again",
                c -> c.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[32])));
        after(cases, "client13-certificate-late", c -> c.certificate());
    }

    private static RefusalCase flight(RefusalCases cases, String name, RefusalCases.OneConnection<RawClient13> play) {
        return cases.atServer13(name, c -> {
            c.hello();
            play.with(c.readServerFlight());
        });
    }

    private static void asked(RefusalCases cases, String name, RefusalCases.OneConnection<RawClient13> play) {
        flight(cases, name, play).with(parameters -> parameters.setNeedClientAuth(true));
    }

    private static void after(RefusalCases cases, String name, RefusalCases.OneConnection<RawClient13> play) {
        cases.atServer13(name, c -> play.with(c.handshake()));
    }

    private static void verify(RefusalCases cases, String name, RefusalCases.MessageOf<RawClient13> message) {
        asked(cases, name, c -> {
            c.certificate();
            c.messages(message.of(c));
        });
    }
}
