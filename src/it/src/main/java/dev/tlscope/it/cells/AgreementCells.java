package dev.tlscope.it.cells;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** Groups, signature schemes and Diffie-Hellman parameters on which the two sides cannot agree. */
final class AgreementCells {
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int INSUFFICIENT_SECURITY = 71;
    private static final int FATAL = 2;

    /** No JDK has the brainpool curves any more (RFC 7027, RFC 8734), nor their schemes. */
    private static final int BRAINPOOL_P256R1 = 26;

    private static final int BRAINPOOL_P256R1_TLS13 = 31;
    /** Known to every JSSE, which would ignore what it does not know, and enabled in none. */
    private static final int SECP224R1 = 21;

    private static final int ECDSA_BRAINPOOL_P256R1_SHA256 = 0x081a;
    private static final int RSA_PKCS1_SHA256 = 0x0401;

    private static final byte[] RSA_SIGN_AND_ECDSA_SIGN = {1, 64};
    private static final String DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final int WEAK_BITS = 512;

    private AgreementCells() {}

    static void add(Cells cells, CellPki pki) throws GeneralSecurityException, IOException {
        groups(cells, pki);
        schemes(cells, pki);
        diffieHellman(cells, pki);
    }

    private static void groups(Cells cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "no-common-group",
                Cells.TLS12,
                () -> JsseParty.server().shows(pki.rsa),
                () -> line -> send(
                        line,
                        Hello.client(line.name(), Cells.TLS12)
                                .suites(Hello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                .put(
                                        Hello.SUPPORTED_GROUPS,
                                        new Bytes().list(2, SECP224R1).done())));
        cells.add(
                "no-common-group",
                Cells.TLS13,
                pki::goodServer,
                () -> line -> send(
                        line,
                        Hello.client(line.name(), Cells.TLS13)
                                .put(
                                        Hello.SUPPORTED_GROUPS,
                                        new Bytes()
                                                .list(2, BRAINPOOL_P256R1_TLS13)
                                                .done())
                                .put(
                                        Hello.KEY_SHARE,
                                        new Bytes()
                                                .vector(
                                                        2,
                                                        new Bytes()
                                                                .number(2, BRAINPOOL_P256R1_TLS13)
                                                                .vector(2, Hello.point())
                                                                .done())
                                                .done())));
        cells.add(
                "no-common-group-chosen",
                Cells.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(Hello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendEcdh(pki.rsa, RSA_PKCS1_SHA256, BRAINPOOL_P256R1, Hello.point())
                        .done(),
                pki::goodClient);
        cells.add(
                "no-common-group-chosen",
                Cells.TLS13,
                () -> line -> send(
                        line,
                        new ServerFlight(line)
                                .hello(Cells.TLS13, Hello.TLS_AES_128_GCM_SHA256)
                                .retrying(BRAINPOOL_P256R1_TLS13)),
                pki::goodClient);
    }

    private static void schemes(Cells cells, CellPki pki) throws GeneralSecurityException, IOException {
        byte[] unheardOf = new Bytes().list(2, ECDSA_BRAINPOOL_P256R1_SHA256).done();
        for (String version : Cells.BOTH) {
            cells.add(
                    "no-common-signature-algorithm",
                    version,
                    pki::goodServer,
                    () -> line -> send(
                            line,
                            Hello.client(line.name(), version)
                                    .suites(
                                            version.equals(Cells.TLS13)
                                                    ? Hello.TLS_AES_128_GCM_SHA256
                                                    : Hello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                                    .put(Hello.SIGNATURE_ALGORITHMS, unheardOf)));
        }
        cells.add(
                "no-common-signature-algorithm-chosen",
                Cells.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(Hello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendEcdh(pki.rsa, ECDSA_BRAINPOOL_P256R1_SHA256, Hello.SECP256R1, Hello.point())
                        .done(),
                pki::goodClient);
        // JDK 8 takes such a CertificateRequest, and goes on without a certificate.
        if (System.getProperty("java.specification.version", "").startsWith("1.")) {
            return;
        }
        cells.add(
                "no-common-signature-algorithm-requested",
                Cells.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(Hello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendEcdh(pki.rsa, RSA_PKCS1_SHA256, Hello.SECP256R1, Hello.point())
                        .send(
                                ServerFlight.CERTIFICATE_REQUEST,
                                new Bytes()
                                        .vector(1, RSA_SIGN_AND_ECDSA_SIGN)
                                        .raw(unheardOf)
                                        .number(2, 0)
                                        .done())
                        .done(),
                () -> pki.goodClient().shows(pki.clientCertificate));
    }

    private static void diffieHellman(Cells cells, CellPki pki) throws GeneralSecurityException, IOException {
        SecureRandom random = new SecureRandom();
        byte[] p = unsigned(BigInteger.probablePrime(WEAK_BITS, random));
        byte[] y = unsigned(new BigInteger(WEAK_BITS - 2, random));
        cells.add(
                "weak-dh",
                Cells.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(Hello.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendDh(pki.rsa, p, new byte[] {2}, y)
                        .done(),
                () -> pki.goodClient().suites(DHE));
        cells.add(
                "weak-dh-public-value",
                Cells.TLS12,
                () -> JsseParty.server().shows(pki.rsa).suites(DHE),
                () -> line -> {
                    Hello.client(line.name(), Cells.TLS12)
                            .suites(Hello.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                            .send(line);
                    Records.readUntil(line, ServerFlight.SERVER_HELLO_DONE);
                    byte[] one = new Bytes().vector(2, (byte) 1).done();
                    Records.send(line, Records.HANDSHAKE, Records.message(CLIENT_KEY_EXCHANGE, one));
                    LostCells.drain(line);
                });
        // The test sets -Djdk.tls.ephemeralDHKeySize=1024.
        cells.add(
                "weak-dh-refused",
                Cells.TLS12,
                () -> JsseParty.server().shows(pki.rsa).suites(DHE),
                () -> line -> {
                    Hello.client(line.name(), Cells.TLS12)
                            .suites(Hello.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                            .send(line);
                    Records.readUntil(line, ServerFlight.SERVER_HELLO_DONE);
                    Records.send(line, Records.ALERT, (byte) FATAL, (byte) INSUFFICIENT_SECURITY);
                    LostCells.drain(line);
                });
    }

    private static void send(Line line, Hello hello) throws IOException {
        hello.send(line);
        LostCells.drain(line);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
