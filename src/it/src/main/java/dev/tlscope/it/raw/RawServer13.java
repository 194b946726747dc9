package dev.tlscope.it.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Consumer;

/** A raw server of TLS 1.3; the JVM under test is the client (RFC 8446, 2). */
final class RawServer13 extends RawServer {
    private static final int PADDING = 64;

    private RawSchedule13 schedule = new RawSchedule13();
    private byte[] handshakeTraffic = new byte[0];

    RawServer13(RawPki pki, JsseEnd jsse) throws GeneralSecurityException {
        super(TlsVersion.TLS13, pki, jsse);
    }

    @Override
    RawServer13 readHello() throws IOException, GeneralSecurityException {
        super.readHello();
        return this;
    }

    @Override
    RawServer13 hello(Consumer<ServerHelloDraft> change) throws IOException, GeneralSecurityException {
        super.hello(change);
        return this;
    }

    /** Derives the keys; from here on both directions are encrypted. */
    RawServer13 changeKeys() throws IOException, GeneralSecurityException {
        schedule.agree(share.agree(offer().share(EcShare.SECP256R1)));
        handshakeTraffic = schedule.handshakeTraffic(false, transcript());
        readWith(RawSchedule13.records(schedule.handshakeTraffic(true, transcript())));
        writeWith(RawSchedule13.records(handshakeTraffic));
        return this;
    }

    /** Performs the steps from reading the ClientHello to the keys. */
    RawServer13 start() throws IOException, GeneralSecurityException {
        return readHello().hello(draft -> {}).changeKeys();
    }

    RawServer13 encryptedExtensions(Consumer<HelloExtensions> change) throws IOException, GeneralSecurityException {
        HelloExtensions extensions = new HelloExtensions();
        change.accept(extensions);
        messages(HandshakeBytes.encryptedExtensions(extensions));
        return this;
    }

    RawServer13 certificate() throws IOException, GeneralSecurityException {
        messages(HandshakeBytes.certificate13(new byte[0], pki.serverChain()));
        return this;
    }

    RawServer13 certificateVerify() throws IOException, GeneralSecurityException {
        messages(HandshakeBytes.certificateVerify(
                SignatureNumbers.RSA_PSS_RSAE_SHA256,
                pki.signAsServer(SignatureNumbers.RSA_PSS_RSAE_SHA256, signed())));
        return this;
    }

    /** The bytes that the server's CertificateVerify signs (RFC 8446, 4.4.3). */
    byte[] signed() throws GeneralSecurityException {
        byte[] padding = new byte[PADDING];
        Arrays.fill(padding, (byte) ' ');
        return new OctetWriter()
                .raw(padding)
                .raw("TLS 1.3, server CertificateVerify".getBytes(StandardCharsets.US_ASCII))
                .number(1, 0)
                .raw(RawSchedule13.hash(transcript()))
                .bytes();
    }

    byte[] finishedMessage() throws GeneralSecurityException {
        return HandshakeBytes.message(HandshakeBytes.FINISHED, RawSchedule13.finished(handshakeTraffic, transcript()));
    }

    /** Sends Finished, and reads the client's; what follows is under the application traffic keys. */
    RawServer13 finish() throws IOException, GeneralSecurityException {
        messages(finishedMessage());
        byte[] writing = schedule.applicationTraffic(false, transcript());
        byte[] reading = schedule.applicationTraffic(true, transcript());
        nextMessage(HandshakeBytes.FINISHED);
        writeWith(RawSchedule13.records(writing));
        readWith(RawSchedule13.records(reading));
        return this;
    }

    /** Performs a whole handshake. */
    RawServer13 handshake() throws IOException, GeneralSecurityException {
        return start().encryptedExtensions(none -> {})
                .certificate()
                .certificateVerify()
                .finish();
    }

    AesGcm13 records() {
        return (AesGcm13) writing();
    }
}
