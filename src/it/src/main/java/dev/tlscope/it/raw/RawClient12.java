package dev.tlscope.it.raw;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** A raw client of TLS 1.0 to 1.2: a whole handshake in steps that a case leaves out, repeats or changes (RFC 5246, 7.3). */
final class RawClient12 extends RawClient {
    private byte[] serverRandom = new byte[0];
    private byte[] serverSession = new byte[0];
    private byte[] verifyData = new byte[0];
    private boolean extended;
    private int suite;
    private byte[] certificate = new byte[0];
    private byte[] serverKeyExchange = new byte[0];
    private @Nullable RawSchedule12 schedule;

    RawClient12(TlsVersion version, RawPki pki, JsseEnd jsse, String name) throws GeneralSecurityException {
        super(version, pki, jsse, name);
    }

    /** Reads up to ServerHelloDone. */
    RawClient12 readServerFlight() throws IOException, GeneralSecurityException {
        readServerHello();
        while (true) {
            byte[] message = nextMessage();
            switch (message[0]) {
                case HandshakeBytes.CERTIFICATE:
                    certificate = new OctetReader(new OctetReader(HandshakeBytes.bodyOf(message)).vector(3)).vector(3);
                    break;
                case HandshakeBytes.SERVER_KEY_EXCHANGE:
                    serverKeyExchange = HandshakeBytes.bodyOf(message);
                    break;
                case HandshakeBytes.SERVER_HELLO_DONE:
                    return this;
                default:
                    break;
            }
        }
    }

    RawClient12 readServerHello() throws IOException, GeneralSecurityException {
        OctetReader in = new OctetReader(HandshakeBytes.bodyOf(nextMessage(HandshakeBytes.SERVER_HELLO)));
        in.number(2);
        serverRandom = in.raw(32);
        serverSession = in.vector(1);
        suite = in.number(2);
        in.number(1);
        extended =
                !in.isAtEnd() && HelloExtensions.read(in.vector(2)).get(HelloExtensions.EXTENDED_MASTER_SECRET) != null;
        return this;
    }

    /** Hello up to ServerHelloDone, then ClientKeyExchange; the keys are derived but not used yet. */
    RawClient12 keyExchange() throws IOException, GeneralSecurityException {
        switch (suite) {
            case Suites.TLS_RSA_WITH_AES_128_CBC_SHA:
            case Suites.TLS_RSA_WITH_AES_128_GCM_SHA256:
                byte[] premaster = new OctetWriter()
                        .number(2, sent().legacyVersion)
                        .raw(new byte[46])
                        .bytes();
                return keyExchange(
                        premaster,
                        new OctetWriter().vector(2, encrypted(premaster)).bytes());
            case Suites.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256:
                OctetReader in = new OctetReader(serverKeyExchange);
                BigInteger p = new BigInteger(1, in.vector(2));
                in.vector(2);
                BigInteger y = new BigInteger(1, in.vector(2));
                byte[] own = BigInteger.valueOf(2)
                        .modPow(BigInteger.valueOf(Long.MAX_VALUE), p)
                        .toByteArray();
                byte[] agreed = y.modPow(BigInteger.valueOf(Long.MAX_VALUE), p).toByteArray();
                return keyExchange(agreed, new OctetWriter().vector(2, own).bytes());
            default:
                return keyExchange(
                        share.agree(serverPoint()),
                        new OctetWriter().vector(1, share.point()).bytes());
        }
    }

    /** A ClientKeyExchange with that body; derives the keys of that premaster secret. */
    RawClient12 keyExchange(byte[] premaster, byte... body) throws IOException, GeneralSecurityException {
        messages(HandshakeBytes.message(HandshakeBytes.CLIENT_KEY_EXCHANGE, body));
        schedule = extended
                ? RawSchedule12.extended(version, premaster, transcript())
                : RawSchedule12.of(version, premaster, sent().random, serverRandom);
        return this;
    }

    /** Encrypts with the key of the server's certificate (RFC 5246, 7.4.7.1). */
    byte[] encrypted(byte... premaster) throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate))
                        .getPublicKey());
        return rsa.doFinal(premaster);
    }

    /** Sends ChangeCipherSpec, in a renegotiation under the keys so far; what follows is encrypted with the new ones. */
    RawClient12 changeKeys() throws IOException, GeneralSecurityException {
        record(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 1);
        writeWith(schedule().records(true, suite, sent().random, serverRandom));
        return this;
    }

    byte[] finishedMessage() throws GeneralSecurityException {
        return HandshakeBytes.message(HandshakeBytes.FINISHED, schedule().finished(true, transcript()));
    }

    /** The verify_data of this client's Finished, which a renegotiation contains (RFC 5746, 3.5). */
    byte[] verifyData() {
        return verifyData.clone();
    }

    /** Sends Finished and reads the server's: the handshake is complete. */
    RawClient12 finish() throws IOException, GeneralSecurityException {
        byte[] message = finishedMessage();
        verifyData = HandshakeBytes.bodyOf(message);
        messages(message);
        readFinished();
        return this;
    }

    /** Reads the server's ChangeCipherSpec and Finished, and a ticket before them if there is one. */
    byte[] readFinished() throws IOException, GeneralSecurityException {
        while (nextRecord().type() != PlainRecord.CHANGE_CIPHER_SPEC) {
            // a NewSessionTicket, which belongs to the transcript: cases with one do not call this
        }
        readWith(schedule().records(false, suite, sent().random, serverRandom));
        return nextMessage(HandshakeBytes.FINISHED);
    }

    /** Performs a whole handshake. */
    RawClient12 handshake() throws IOException, GeneralSecurityException {
        hello();
        return readServerFlight().keyExchange().changeKeys().finish();
    }

    /** Resumes the session of another connection with its master secret (RFC 5246, 7.3). */
    RawClient12 resuming(RawClient12 earlier) {
        schedule = earlier.schedule();
        return this;
    }

    byte[] session() {
        return serverSession.clone();
    }

    byte[] serverPoint() {
        OctetReader in = new OctetReader(serverKeyExchange);
        in.number(3);
        return in.vector(1);
    }

    /** dh_p of the ServerKeyExchange. */
    BigInteger dhPrime() {
        return new BigInteger(1, new OctetReader(serverKeyExchange).vector(2));
    }

    private RawSchedule12 schedule() {
        if (schedule == null) {
            throw new IllegalStateException("no master secret yet");
        }
        return schedule;
    }
}
