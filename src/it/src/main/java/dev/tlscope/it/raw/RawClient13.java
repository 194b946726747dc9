package dev.tlscope.it.raw;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** A raw client of TLS 1.3: a whole handshake in steps that a case leaves out, repeats or changes (RFC 8446, 2). */
final class RawClient13 extends RawClient {
    private RawSchedule13 schedule = new RawSchedule13();
    private byte[] handshakeTraffic = new byte[0];
    private byte[] applicationTraffic = new byte[0];

    RawClient13(RawPki pki, JsseEnd jsse, String name) throws GeneralSecurityException {
        super(TlsVersion.TLS13, pki, jsse, name);
    }

    /** Reads the ServerHello; from here on both directions are encrypted. */
    RawClient13 readServerHello() throws IOException, GeneralSecurityException {
        OctetReader in = new OctetReader(HandshakeBytes.bodyOf(nextMessage(HandshakeBytes.SERVER_HELLO)));
        in.raw(2 + 32);
        in.vector(1);
        in.number(3);
        byte[] entry = HelloExtensions.read(in.vector(2)).get(HelloExtensions.KEY_SHARE);
        if (entry == null) {
            throw new IOException("no key_share in the ServerHello");
        }
        OctetReader keyShare = new OctetReader(entry);
        keyShare.number(2);
        schedule.agree(share.agree(keyShare.vector(2)));
        handshakeTraffic = schedule.handshakeTraffic(true, transcript());
        readWith(RawSchedule13.records(schedule.handshakeTraffic(false, transcript())));
        writeWith(RawSchedule13.records(handshakeTraffic));
        return this;
    }

    /** Reads up to the server's Finished. */
    RawClient13 readServerFlight() throws IOException, GeneralSecurityException {
        readServerHello();
        nextMessage(HandshakeBytes.FINISHED);
        applicationTraffic = schedule.applicationTraffic(true, transcript());
        readWith(RawSchedule13.records(schedule.applicationTraffic(false, transcript())));
        return this;
    }

    byte[] finishedMessage() throws GeneralSecurityException {
        return HandshakeBytes.message(HandshakeBytes.FINISHED, RawSchedule13.finished(handshakeTraffic, transcript()));
    }

    /** Sends Finished; what follows is under the application traffic keys. */
    RawClient13 finish() throws IOException, GeneralSecurityException {
        messages(finishedMessage());
        writeWith(RawSchedule13.records(applicationTraffic));
        return this;
    }

    /** Performs a whole handshake. */
    RawClient13 handshake() throws IOException, GeneralSecurityException {
        hello();
        return readServerFlight().finish();
    }

    /** Sends a Certificate with this client's chain. */
    RawClient13 certificate() throws IOException, GeneralSecurityException {
        messages(HandshakeBytes.certificate13(new byte[0], pki.clientChain()));
        return this;
    }

    AesGcm13 records() {
        return (AesGcm13) writing();
    }

    /** After a whole handshake: reads the server's ticket and derives the PSK from it. */
    RawPsk psk() throws IOException, GeneralSecurityException {
        byte[] transcript = transcript();
        OctetReader in = new OctetReader(HandshakeBytes.bodyOf(nextMessage(HandshakeBytes.NEW_SESSION_TICKET)));
        in.number(4);
        int ageAdd = in.number(4);
        byte[] nonce = in.vector(1);
        return new RawPsk(in.vector(2), ageAdd, schedule.resumption(nonce, transcript));
    }

    /** Uses that PSK's key schedule, from the ClientHello on. */
    RawClient13 resuming(RawPsk psk) throws GeneralSecurityException {
        schedule = new RawSchedule13(psk.key());
        return this;
    }
}
