package dev.tlscope.it.raw;

import java.util.function.Consumer;

/** What a client rejects in a server's encrypted TLS 1.3 flight, and after it (RFC 8446, 4.3 to 4.6). */
final class ServerFlight13Cases {
    private static final byte[] NO_CONTEXT = {};

    private ServerFlight13Cases() {}

    static void add(RefusalCases cases) {
        extensions(cases);
        certificates(cases);
        verification(cases);
        requests(cases);
        order(cases);
        after(cases);
    }

    private static void extensions(RefusalCases cases) {
        encrypted(
                cases, "encrypted-alpn-unasked", e -> e.put(HelloExtensions.ALPN, HelloExtensions.protocolNames("h2")));
        encrypted(
                        cases,
                        "encrypted-alpn-two",
                        e -> e.put(HelloExtensions.ALPN, HelloExtensions.protocolNames("h2", "http/1.1")))
                .with(ApplicationProtocols.of("h2", "http/1.1"));
        encrypted(
                        cases,
                        "encrypted-alpn-other",
                        e -> e.put(HelloExtensions.ALPN, HelloExtensions.protocolNames("imap")))
                .with(ApplicationProtocols.of("h2", "http/1.1"));
        encrypted(cases, "encrypted-name-not-empty", e -> e.put(HelloExtensions.SERVER_NAME, (byte) 1));
        encrypted(
                cases,
                "encrypted-extension-twice",
                e -> e.append(HelloExtensions.SERVER_NAME).append(HelloExtensions.SERVER_NAME));
        encrypted(
                cases, "encrypted-fragment-length-unasked", e -> e.put(HelloExtensions.MAX_FRAGMENT_LENGTH, (byte) 1));
        cases.atClient13(
                "encrypted-extensions-cut",
                s -> s.start().messages(HandshakeBytes.message(HandshakeBytes.ENCRYPTED_EXTENSIONS, (byte) 0)));
        cases.atClient13(
                "encrypted-extensions-long",
                s -> s.start()
                        .messages(HandshakeBytes.message(
                                HandshakeBytes.ENCRYPTED_EXTENSIONS, (byte) 0, (byte) 9, (byte) 1)));
    }

    private static void certificates(RefusalCases cases) {
        started(cases, "certificate13-empty", s -> s.messages(HandshakeBytes.certificate13(NO_CONTEXT)));
        started(cases, "certificate13-body-empty", s -> s.messages(HandshakeBytes.message(HandshakeBytes.CERTIFICATE)));
        started(
                cases,
                "certificate13-garbage",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE, OctetWriter.hex("00 00000a 000005 3003020101 0000"))));
        started(
                cases,
                "certificate13-entry-empty",
                s -> s.messages(
                        HandshakeBytes.message(HandshakeBytes.CERTIFICATE, OctetWriter.hex("00 000005 000000 0000"))));
        started(
                cases,
                "certificate13-length-wrong",
                s -> s.messages(
                        HandshakeBytes.message(HandshakeBytes.CERTIFICATE, OctetWriter.hex("00 000009 000000 0000"))));
        started(
                cases,
                "certificate13-chain-12",
                s -> s.messages(HandshakeBytes.certificate13(NO_CONTEXT, RawPki.tooLong(s.pki.serverChain()))));
        started(
                cases,
                "certificate13-too-large",
                s -> s.messages(new OctetWriter()
                        .number(1, 11)
                        .number(3, 50_000)
                        .raw(new byte[20])
                        .bytes()));
        started(cases, "certificate13-twice", s -> s.certificate().certificate());
    }

    private static void verification(RefusalCases cases) {
        verify(cases, "verify-scheme-unknown", s -> HandshakeBytes.certificateVerify(0xfe02, new byte[256]));
        verify(
                cases,
                "verify-scheme-pkcs1",
                s -> HandshakeBytes.certificateVerify(
                        SignatureNumbers.RSA_PKCS1_SHA256,
                        s.pki.signAsServer(SignatureNumbers.RSA_PKCS1_SHA256, s.signed())));
        verify(
                cases,
                "verify-scheme-of-ec",
                s -> HandshakeBytes.certificateVerify(SignatureNumbers.ECDSA_SECP256R1_SHA256, new byte[70]));
        verify(
                cases,
                "verify-other-bytes",
                s -> HandshakeBytes.certificateVerify(
                        SignatureNumbers.RSA_PSS_RSAE_SHA256,
                        s.pki.signAsServer(SignatureNumbers.RSA_PSS_RSAE_SHA256, new byte[9])));
        verify(
                cases,
                "verify-zero",
                s -> HandshakeBytes.certificateVerify(SignatureNumbers.RSA_PSS_RSAE_SHA256, new byte[256]));
        verify(cases, "verify-cut", s -> HandshakeBytes.message(HandshakeBytes.CERTIFICATE_VERIFY, (byte) 8, (byte) 4));
        verify(cases, "verify-missing", RawServer13::finishedMessage);
        started(cases, "verify-before-certificate", RawServer13::certificateVerify);
    }

    private static void requests(RefusalCases cases) {
        started(
                cases,
                "request13-no-schemes",
                s -> s.messages(HandshakeBytes.certificateRequest13(new HelloExtensions())));
        started(
                cases,
                "request13-schemes-empty",
                s -> s.messages(HandshakeBytes.certificateRequest13(
                        new HelloExtensions().put(HelloExtensions.SIGNATURE_ALGORITHMS, (byte) 0, (byte) 0))));
        started(
                cases,
                "request13-schemes-unknown",
                s -> s.messages(HandshakeBytes.certificateRequest13(new HelloExtensions()
                        .put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, 0xfe02)))));
        started(
                cases,
                "request13-cut",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.CERTIFICATE_REQUEST, (byte) 0)));
        started(
                cases,
                "request13-authority-garbage",
                s -> s.messages(HandshakeBytes.certificateRequest13(new HelloExtensions()
                        .put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, 0x0403))
                        .put(HelloExtensions.CERTIFICATE_AUTHORITIES, OctetWriter.hex("0005 0003 010203")))));
    }

    private static void order(RefusalCases cases) {
        cases.atClient13("order13-certificate-first", s -> s.start().certificate());
        cases.atClient13("order13-finished-first", s -> s.start().messages(s.finishedMessage()));
        started(cases, "order13-finished-without-certificate", s -> s.messages(s.finishedMessage()));
        started(
                cases,
                "order13-end-of-early-data",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.END_OF_EARLY_DATA)));
        started(
                cases,
                "order13-server-key-exchange",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.SERVER_KEY_EXCHANGE, new byte[4])));
        started(
                cases,
                "order13-server-hello-done",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.SERVER_HELLO_DONE)));
        started(cases, "order13-hello-request", s -> s.messages(HandshakeBytes.message(HandshakeBytes.HELLO_REQUEST)));
        started(
                cases,
                "order13-key-update",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 0)));
        started(cases, "order13-ticket", s -> s.messages(HandshakeBytes.newSessionTicket13(3600, new byte[8])));
        started(cases, "order13-data", s -> s.record(PlainRecord.APPLICATION_DATA, new byte[9]));
        verified(
                cases,
                "finish13-wrong",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[32])));
        verified(
                cases,
                "finish13-short",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])));
        verified(cases, "finish13-missing", s -> s.record(PlainRecord.APPLICATION_DATA, new byte[9]));
        verified(cases, "finish13-ticket-early", s -> s.messages(HandshakeBytes.newSessionTicket13(3600, new byte[8])));
    }

    private static void after(RefusalCases cases) {
        after(
                cases,
                "after13-key-update-2",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 2)));
        after(
                cases,
                "after13-key-update-long",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE, (byte) 0, (byte) 0)));
        after(cases, "after13-key-update-empty", s -> s.messages(HandshakeBytes.message(HandshakeBytes.KEY_UPDATE)));
        after(
                cases,
                "after13-ticket-cut",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.NEW_SESSION_TICKET, new byte[10])));
        after(
                cases,
                "after13-ticket-no-ticket",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.NEW_SESSION_TICKET, OctetWriter.hex("00000001 00000000 04 01020304 0000"))));
        after(
                cases,
                "after13-ticket-extensions-cut",
                s -> s.messages(HandshakeBytes.newSessionTicket13(3600, new byte[8], (byte) 0, (byte) 42, (byte) 0)));
        after(
                cases,
                "after13-ticket-length",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.NEW_SESSION_TICKET, OctetWriter.hex("00000001 00000000 00 ffff 0102 0000"))));
        after(cases, "after13-hello-request", s -> s.messages(HandshakeBytes.message(HandshakeBytes.HELLO_REQUEST)));
        after(
                cases,
                "after13-certificate-request",
                s -> s.messages(HandshakeBytes.certificateRequest13(new HelloExtensions()
                        .put(HelloExtensions.SIGNATURE_ALGORITHMS, HelloExtensions.list(2, 0x0403)))));
        after(cases, "after13-server-hello", s -> s.messages(s.sent().message()));
        after(
                cases,
                "after13-finished",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[32])));
        after(cases, "after13-ccs", RawPeer::changeCipherSpec);
        after(cases, "after13-message-type-99", s -> s.messages(HandshakeBytes.message(99)));
    }

    private static RefusalCase encrypted(RefusalCases cases, String name, Consumer<HelloExtensions> change) {
        return cases.atClient13(name, s -> s.start().encryptedExtensions(change));
    }

    private static void started(RefusalCases cases, String name, RefusalCases.OneConnection<RawServer13> play) {
        cases.atClient13(name, s -> play.with(s.start().encryptedExtensions(none -> {})));
    }

    private static void verify(RefusalCases cases, String name, RefusalCases.MessageOf<RawServer13> message) {
        started(cases, name, s -> s.certificate().messages(message.of(s)));
    }

    private static void verified(RefusalCases cases, String name, RefusalCases.OneConnection<RawServer13> play) {
        started(cases, name, s -> play.with(s.certificate().certificateVerify()));
    }

    private static void after(RefusalCases cases, String name, RefusalCases.OneConnection<RawServer13> play) {
        cases.atClient13(name, s -> play.with(s.handshake()));
    }
}
