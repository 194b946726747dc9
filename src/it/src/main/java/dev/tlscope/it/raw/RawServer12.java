package dev.tlscope.it.raw;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A raw server of TLS 1.0 to 1.2; the JVM under test is the client (RFC 5246, 7.3). */
final class RawServer12 extends RawServer {
    private static final int NAMED_CURVE = 3; // RFC 8422, 5.4

    private @Nullable RawSchedule12 schedule;

    RawServer12(TlsVersion version, RawPki pki, JsseEnd jsse) throws GeneralSecurityException {
        super(version, pki, jsse);
    }

    @Override
    RawServer12 readHello() throws IOException, GeneralSecurityException {
        super.readHello();
        return this;
    }

    @Override
    RawServer12 hello(Consumer<ServerHelloDraft> change) throws IOException, GeneralSecurityException {
        super.hello(change);
        return this;
    }

    RawServer12 certificate() throws IOException, GeneralSecurityException {
        messages(HandshakeBytes.certificate12(pki.serverChain()));
        return this;
    }

    /** ServerECDHParams of P-256 (RFC 8422, 5.4). */
    byte[] ecParameters() {
        return ecParameters(EcShare.SECP256R1, share.point());
    }

    static byte[] ecParameters(int group, byte... point) {
        return new OctetWriter()
                .number(1, NAMED_CURVE)
                .number(2, group)
                .vector(1, point)
                .bytes();
    }

    /** Sends a ServerKeyExchange with these parameters and the right signature. */
    RawServer12 keyExchange(byte... parameters) throws IOException, GeneralSecurityException {
        int scheme = version == TlsVersion.TLS12 ? SignatureNumbers.RSA_PKCS1_SHA256 : SignatureNumbers.RSA_MD5_SHA1;
        return keyExchange(scheme, pki.signAsServer(scheme, signed(parameters)), parameters);
    }

    RawServer12 keyExchange(int scheme, byte[] signature, byte... parameters)
            throws IOException, GeneralSecurityException {
        OctetWriter body = new OctetWriter().raw(parameters);
        if (version == TlsVersion.TLS12) {
            body.number(2, scheme);
        }
        messages(HandshakeBytes.message(
                HandshakeBytes.SERVER_KEY_EXCHANGE, body.vector(2, signature).bytes()));
        return this;
    }

    /** The bytes that a ServerKeyExchange signs. */
    byte[] signed(byte... parameters) {
        return OctetWriter.joined(offer().random(), sent().random, parameters);
    }

    RawServer12 done() throws IOException, GeneralSecurityException {
        messages(HandshakeBytes.message(HandshakeBytes.SERVER_HELLO_DONE));
        return this;
    }

    /** Reads the ClientHello, and sends the messages up to ServerHelloDone. */
    RawServer12 flight() throws IOException, GeneralSecurityException {
        return readHello()
                .hello(draft -> {})
                .certificate()
                .keyExchange(ecParameters())
                .done();
    }

    /** Reads up to the client's Finished. */
    RawServer12 readClientFlight() throws IOException, GeneralSecurityException {
        byte[] exchange = HandshakeBytes.bodyOf(nextMessage(HandshakeBytes.CLIENT_KEY_EXCHANGE));
        byte[] premaster = share.agree(new OctetReader(exchange).vector(1));
        byte[] random = offer().random();
        schedule = sent().extensions.get(HelloExtensions.EXTENDED_MASTER_SECRET) == null
                ? RawSchedule12.of(version, premaster, random, sent().random)
                : RawSchedule12.extended(version, premaster, transcript());
        readFinished();
        return this;
    }

    /** Reads the client's ChangeCipherSpec and Finished. */
    byte[] readFinished() throws IOException, GeneralSecurityException {
        while (nextRecord().type() != PlainRecord.CHANGE_CIPHER_SPEC) {
            // a client's Certificate and CertificateVerify: cases with those do not call this
        }
        readWith(schedule().records(true, sent().suite, offer().random(), sent().random));
        return nextMessage(HandshakeBytes.FINISHED);
    }

    /** Sends ChangeCipherSpec; what follows is encrypted. */
    RawServer12 changeKeys() throws IOException, GeneralSecurityException {
        changeCipherSpec();
        writeWith(schedule().records(false, sent().suite, offer().random(), sent().random));
        return this;
    }

    byte[] finishedMessage() throws GeneralSecurityException {
        return HandshakeBytes.message(HandshakeBytes.FINISHED, schedule().finished(false, transcript()));
    }

    /** Performs a whole handshake. */
    RawServer12 handshake() throws IOException, GeneralSecurityException {
        flight().readClientFlight().changeKeys();
        messages(finishedMessage());
        return this;
    }

    RawServer12 resuming(RawServer12 earlier) {
        schedule = earlier.schedule();
        return this;
    }

    private RawSchedule12 schedule() {
        if (schedule == null) {
            throw new IllegalStateException("no master secret yet");
        }
        return schedule;
    }
}
