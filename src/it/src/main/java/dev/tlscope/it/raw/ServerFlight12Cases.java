package dev.tlscope.it.raw;

import java.security.cert.X509Certificate;

/**
 * What a client rejects in a server's TLS 1.2 flight, apart from hello and ServerKeyExchange (RFC 5246, 7.4.2 to
 * 7.4.9).
 */
final class ServerFlight12Cases {
    private ServerFlight12Cases() {}

    static void add(RefusalCases cases) {
        certificates(cases);
        requests(cases);
        order(cases);
    }

    private static void certificates(RefusalCases cases) {
        cases.afterServerHello12("certificate-empty", s -> s.messages(HandshakeBytes.certificate12()));
        cases.afterServerHello12(
                "certificate-garbage",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE, OctetWriter.hex("00000a 000007 30050203010203"))));
        cases.afterServerHello12(
                "certificate-zero-length",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.CERTIFICATE, OctetWriter.hex("000003 000000"))));
        cases.afterServerHello12(
                "certificate-cut",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE, OctetWriter.hex("000fff 000007 3005020301"))));
        cases.afterServerHello12(
                "certificate-body-empty", s -> s.messages(HandshakeBytes.message(HandshakeBytes.CERTIFICATE)));
        cases.afterServerHello12(
                "certificate-chain-12",
                s -> s.messages(HandshakeBytes.certificate12(RawPki.tooLong(s.pki.serverChain()))));
        cases.afterServerHello12(
                "certificate-order", s -> s.messages(HandshakeBytes.certificate12(reversed(s.pki.serverChain()))));
        cases.afterServerHello12("certificate-twice", s -> s.certificate().certificate());
    }

    private static void requests(RefusalCases cases) {
        request(cases, "request-schemes-none", s -> s.messages(HandshakeBytes.certificateRequest12()));
        request(cases, "request-schemes-unknown", s -> s.messages(HandshakeBytes.certificateRequest12(0xfe02)));
        request(
                cases,
                "request-cut",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.CERTIFICATE_REQUEST, (byte) 1, (byte) 64)));
        request(
                cases,
                "request-no-types",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE_REQUEST, OctetWriter.hex("00 0002 0403 0000"))));
        request(
                cases,
                "request-authority-garbage",
                s -> s.messages(HandshakeBytes.message(
                        HandshakeBytes.CERTIFICATE_REQUEST, OctetWriter.hex("01 40 0002 0403 0005 0003 010203"))));
        request(
                cases,
                "request-twice",
                s -> s.messages(
                        HandshakeBytes.certificateRequest12(0x0403), HandshakeBytes.certificateRequest12(0x0403)));
    }

    private static void order(RefusalCases cases) {
        cases.afterServerHello12("order-exchange-before-certificate", s -> s.keyExchange(s.ecParameters()));
        cases.afterServerHello12("order-done-after-hello", RawServer12::done);
        cases.afterServerHello12("order-hello-twice", s -> s.messages(s.sent().message()));
        cases.afterServerHello12("order-ccs-after-hello", RawPeer::changeCipherSpec);
        cases.afterServerHello12(
                "order-finished-after-hello",
                s -> s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12])));
        cases.afterServerHello12("order-data-after-hello", s -> s.plain(PlainRecord.APPLICATION_DATA, new byte[20]));
        cases.afterServerHello12("order-status-unasked", s -> {
            s.certificate();
            s.messages(HandshakeBytes.message(HandshakeBytes.CERTIFICATE_STATUS, (byte) 9, (byte) 0));
        });
        cases.afterServerHello12("order-client-key-exchange", s -> {
            s.certificate();
            s.messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE, (byte) 0));
        });
        exchange(cases, "done-not-empty", s -> {
            s.keyExchange(s.ecParameters());
            s.messages(HandshakeBytes.message(HandshakeBytes.SERVER_HELLO_DONE, (byte) 1));
        });
        cases.atClient12("finish-without-ccs", s -> {
            s.flight().readClientFlight();
            s.messages(s.finishedMessage());
        });
        cases.atClient12("finish-wrong", s -> {
            s.flight().readClientFlight().changeKeys();
            s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[12]));
        });
        cases.atClient12("finish-short", s -> {
            s.flight().readClientFlight().changeKeys();
            s.messages(HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[8]));
        });
        cases.atClient12("finish-missing", s -> {
            s.flight().readClientFlight().changeKeys();
            s.record(PlainRecord.APPLICATION_DATA, new byte[9]);
        });
        cases.atClient12("finish-ccs-twice", s -> {
            s.flight().readClientFlight().changeCipherSpec();
            s.changeCipherSpec();
        });
        cases.atClient12("finish-ccs-of-2", s -> {
            s.flight().readClientFlight();
            s.plain(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 2);
        });
        cases.atClient12("finish-ccs-two-bytes", s -> {
            s.flight().readClientFlight();
            s.plain(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 1, (byte) 1);
        });
        cases.atClient12("finish-ticket-unasked", s -> {
            s.flight().readClientFlight();
            s.messages(HandshakeBytes.message(HandshakeBytes.NEW_SESSION_TICKET, (byte) 0, (byte) 0));
        });
        cases.atClient12("finish-ticket-cut", s -> {
            s.readHello()
                    .hello(h -> h.put(HelloExtensions.SESSION_TICKET))
                    .certificate()
                    .keyExchange(s.ecParameters())
                    .done()
                    .readClientFlight();
            s.messages(HandshakeBytes.message(HandshakeBytes.NEW_SESSION_TICKET, (byte) 0, (byte) 0));
        });
    }

    private static void exchange(RefusalCases cases, String name, RefusalCases.OneConnection<RawServer12> play) {
        cases.afterServerHello12(name, s -> play.with(s.certificate()));
    }

    private static void request(RefusalCases cases, String name, RefusalCases.OneConnection<RawServer12> play) {
        exchange(cases, name, s -> {
            play.with(s.keyExchange(s.ecParameters()));
            s.done();
        });
    }

    private static X509Certificate[] reversed(X509Certificate... chain) {
        X509Certificate[] turned = chain.clone();
        for (int i = 0; i < chain.length; i++) {
            turned[i] = chain[chain.length - 1 - i];
        }
        return turned;
    }
}
