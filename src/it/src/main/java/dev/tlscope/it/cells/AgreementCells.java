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

    /** No current JDK has the brainpool curves (RFC 7027, RFC 8734) or their schemes. */
    private static final int BRAINPOOL_P256R1 = 26;

    private static final int BRAINPOOL_P256R1_TLS13 = 31;
    /** Every JSSE recognizes this group, so that it does not ignore it, but none enables it. */
    private static final int SECP224R1 = 21;

    private static final int ECDSA_BRAINPOOL_P256R1_SHA256 = 0x081a;
    private static final int RSA_PKCS1_SHA256 = 0x0401;

    private static final byte[] RSA_SIGN_AND_ECDSA_SIGN = {1, 64};
    private static final String DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final int WEAK_BITS = 512;

    private AgreementCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        groups(cells, pki);
        schemes(cells, pki);
        diffieHellman(cells, pki);
    }

    private static void groups(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "no-common-group",
                CellTable.TLS12,
                () -> JsseParty.server().shows(pki.rsa),
                () -> line -> send(
                        line,
                        CraftedHello.client(line.name(), CellTable.TLS12)
                                .suites(CraftedHello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                .put(
                                        CraftedHello.SUPPORTED_GROUPS,
                                        new Bytes().list(2, SECP224R1).done())));
        cells.add(
                "no-common-group",
                CellTable.TLS13,
                pki::goodServer,
                () -> line -> send(
                        line,
                        CraftedHello.client(line.name(), CellTable.TLS13)
                                .put(
                                        CraftedHello.SUPPORTED_GROUPS,
                                        new Bytes()
                                                .list(2, BRAINPOOL_P256R1_TLS13)
                                                .done())
                                .put(
                                        CraftedHello.KEY_SHARE,
                                        new Bytes()
                                                .vector(
                                                        2,
                                                        new Bytes()
                                                                .number(2, BRAINPOOL_P256R1_TLS13)
                                                                .vector(2, CraftedHello.point())
                                                                .done())
                                                .done())));
        cells.add(
                "no-common-group-chosen",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendEcdh(pki.rsa, RSA_PKCS1_SHA256, BRAINPOOL_P256R1, CraftedHello.point())
                        .done(),
                pki::goodClient);
        cells.add(
                "no-common-group-chosen",
                CellTable.TLS13,
                () -> line -> send(
                        line,
                        new ServerFlight(line)
                                .hello(CellTable.TLS13, CraftedHello.TLS_AES_128_GCM_SHA256)
                                .retrying(BRAINPOOL_P256R1_TLS13)),
                pki::goodClient);
    }

    private static void schemes(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        byte[] unheardOf = new Bytes().list(2, ECDSA_BRAINPOOL_P256R1_SHA256).done();
        for (String version : CellTable.BOTH) {
            cells.add(
                    "no-common-signature-algorithm",
                    version,
                    pki::goodServer,
                    () -> line -> send(
                            line,
                            CraftedHello.client(line.name(), version)
                                    .suites(
                                            version.equals(CellTable.TLS13)
                                                    ? CraftedHello.TLS_AES_128_GCM_SHA256
                                                    : CraftedHello.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                                    .put(CraftedHello.SIGNATURE_ALGORITHMS, unheardOf)));
        }
        cells.add(
                "no-common-signature-algorithm-chosen",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendEcdh(pki.rsa, ECDSA_BRAINPOOL_P256R1_SHA256, CraftedHello.SECP256R1, CraftedHello.point())
                        .done(),
                pki::goodClient);
        // JDK 8 accepts such a CertificateRequest, and continues without a certificate.
        if (System.getProperty("java.specification.version", "").startsWith("1.")) {
            return;
        }
        cells.add(
                "no-common-signature-algorithm-requested",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendEcdh(pki.rsa, RSA_PKCS1_SHA256, CraftedHello.SECP256R1, CraftedHello.point())
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

    private static void diffieHellman(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        SecureRandom random = new SecureRandom();
        byte[] p = unsigned(BigInteger.probablePrime(WEAK_BITS, random));
        byte[] y = unsigned(new BigInteger(WEAK_BITS - 2, random));
        cells.add(
                "weak-dh",
                CellTable.TLS12,
                () -> line -> new ServerFlight(line)
                        .sendHello(CraftedHello.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                        .sendCertificate(pki.rsa)
                        .sendDh(pki.rsa, p, new byte[] {2}, y)
                        .done(),
                () -> pki.goodClient().suites(DHE));
        cells.add(
                "weak-dh-public-value",
                CellTable.TLS12,
                () -> JsseParty.server().shows(pki.rsa).suites(DHE),
                () -> line -> {
                    CraftedHello.client(line.name(), CellTable.TLS12)
                            .suites(CraftedHello.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                            .send(line);
                    PlaintextRecords.readUntil(line, ServerFlight.SERVER_HELLO_DONE);
                    byte[] one = new Bytes().vector(2, (byte) 1).done();
                    PlaintextRecords.send(
                            line, PlaintextRecords.HANDSHAKE, PlaintextRecords.message(CLIENT_KEY_EXCHANGE, one));
                    LostCells.drain(line);
                });
        // The test sets -Djdk.tls.ephemeralDHKeySize=1024.
        cells.add(
                "weak-dh-refused",
                CellTable.TLS12,
                () -> JsseParty.server().shows(pki.rsa).suites(DHE),
                () -> line -> {
                    CraftedHello.client(line.name(), CellTable.TLS12)
                            .suites(CraftedHello.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
                            .send(line);
                    PlaintextRecords.readUntil(line, ServerFlight.SERVER_HELLO_DONE);
                    PlaintextRecords.send(line, PlaintextRecords.ALERT, (byte) FATAL, (byte) INSUFFICIENT_SECURITY);
                    LostCells.drain(line);
                });
    }

    private static void send(Line line, CraftedHello hello) throws IOException {
        hello.send(line);
        LostCells.drain(line);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
