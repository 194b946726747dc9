package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** A TLS 1.2 server's messages up to ServerHelloDone, whose bytes a cell chooses (RFC 5246, 7.4). */
final class ServerFlight {
    static final int SERVER_HELLO = 2;
    static final int CERTIFICATE = 11;
    static final int SERVER_KEY_EXCHANGE = 12;
    static final int CERTIFICATE_REQUEST = 13;
    static final int SERVER_HELLO_DONE = 14;

    private static final int RSA_PKCS1_SHA256 = 0x0401;
    private static final int NAMED_CURVE = 3; // RFC 8422, 5.4
    private static final int RANDOM_OFFSET = 4 + 2;
    private static final int RANDOM_END = RANDOM_OFFSET + 32;

    private final Line line;
    private final byte[] clientRandom;
    private final byte[] random = new byte[32];
    private final byte[] clientHello;

    /** Reads the ClientHello. */
    ServerFlight(Line line) throws IOException {
        this.line = line;
        this.clientHello = PlaintextRecords.read(line);
        this.clientRandom = Arrays.copyOfRange(clientHello, RANDOM_OFFSET, RANDOM_END);
        new SecureRandom().nextBytes(random);
    }

    byte[] clientHello() {
        return clientHello.clone();
    }

    CraftedHello hello(String version, int suite) {
        return CraftedHello.server(clientHello, version, suite).random(random);
    }

    ServerFlight sendHello(int suite) throws IOException {
        hello(CellTable.TLS12, suite).send(line);
        return this;
    }

    ServerFlight send(int type, byte... body) throws IOException {
        PlaintextRecords.send(line, PlaintextRecords.HANDSHAKE, PlaintextRecords.message(type, body));
        return this;
    }

    ServerFlight sendCertificate(Credential credential) throws GeneralSecurityException, IOException {
        Bytes list = new Bytes();
        for (X509Certificate certificate : credential.chain()) {
            list.vector(3, certificate.getEncoded());
        }
        return send(CERTIFICATE, new Bytes().vector(3, list.done()).done());
    }

    /** ServerDHParams of a group (RFC 5246, 7.4.3), signed with an RSA key. */
    ServerFlight sendDh(Credential credential, byte[] p, byte[] g, byte[] y)
            throws GeneralSecurityException, IOException {
        return sendSigned(
                credential,
                RSA_PKCS1_SHA256,
                new Bytes().vector(2, p).vector(2, g).vector(2, y).done());
    }

    /** ServerECDHParams of a group (RFC 8422, 5.4), signed with an RSA key under a scheme's name. */
    ServerFlight sendEcdh(Credential credential, int scheme, int group, byte... point)
            throws GeneralSecurityException, IOException {
        return sendSigned(
                credential,
                scheme,
                new Bytes()
                        .number(1, NAMED_CURVE)
                        .number(2, group)
                        .vector(1, point)
                        .done());
    }

    void done() throws IOException {
        send(SERVER_HELLO_DONE);
        LostCells.drain(line);
    }

    /** Waits until the client has given up. */
    void end() throws IOException {
        LostCells.drain(line);
    }

    private ServerFlight sendSigned(Credential credential, int scheme, byte... parameters)
            throws GeneralSecurityException, IOException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(credential.key());
        signature.update(clientRandom);
        signature.update(random);
        signature.update(parameters);
        return send(
                SERVER_KEY_EXCHANGE,
                new Bytes()
                        .raw(parameters)
                        .number(2, scheme)
                        .vector(2, signature.sign())
                        .done());
    }
}
