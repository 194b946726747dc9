package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.UnrecoverableKeyException;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.X509KeyManager;

/** Private keys that do not belong to their certificates, or that no handshake can use. */
final class PrivateKeyCells {
    private static final int ECDSA_SECP256R1_SHA256 = 0x0403;
    private static final char[] WRONG = "not-this-one".toCharArray();

    private PrivateKeyCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        for (String suite : new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256"}) {
            mismatch(cells, pki, "key-mismatch-" + suite, CellTable.TLS12, suite, true);
        }
        mismatch(cells, pki, "key-mismatch-ECDHE_RSA", CellTable.TLS12, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", true);
        mismatch(cells, pki, "key-mismatch-ECDSA", CellTable.TLS12, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", false);
        mismatch(cells, pki, "key-mismatch-rsa", CellTable.TLS13, "TLS_AES_128_GCM_SHA256", true);
        mismatch(cells, pki, "key-mismatch-ec", CellTable.TLS13, "TLS_AES_256_GCM_SHA384", false);
        cells.add(
                "key-mismatch-client",
                () -> pki.goodServer().needsClientCertificate(),
                () -> pki.goodClient().shows(pki.clientCertificate.withKeyOf(pki.otherEc)));
        cells.add(
                "no-usable-key-wrong-type",
                CellTable.TLS12,
                pki::goodServer,
                () -> pki.goodClient().suites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
        cells.add("no-usable-key-none", () -> JsseParty.server(), pki::goodClient);
        // PKIX opens a key when a handshake first needs it, and ignores one that it cannot open.
        cells.add(
                "no-usable-key-locked",
                () -> JsseParty.server().keys(Credential.managers("PKIX", WRONG, pki.ec)),
                pki::goodClient);
        unanswered(cells, pki);
    }

    /** Keys that the key manager has and does not return, or that the client's lists do not allow. */
    private static void unanswered(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "no-usable-key-unanswered",
                () -> JsseParty.server().keys(new NamelessKeyManager(pki.ec)),
                pki::goodClient);
        for (String version : CellTable.BOTH) {
            cells.add(
                    "no-usable-key-sockets-alone",
                    version,
                    HandshakeCell.ENGINE,
                    () -> JsseParty.server()
                            .keys(new SocketKeyManager((X509KeyManager) Credential.managers(pki.ec)[0])),
                    pki::goodClient);
        }
        Credential p384 = curve(pki, "secp384r1");
        cells.add(
                "no-usable-key-curve",
                CellTable.TLS12,
                () -> JsseParty.server().shows(p384),
                () -> line -> send(line, CraftedHello.client(line.name(), CellTable.TLS12)));
        cells.add(
                "no-usable-key-scheme",
                CellTable.TLS13,
                () -> JsseParty.server().shows(p384),
                () -> line -> send(
                        line,
                        CraftedHello.client(line.name(), CellTable.TLS13)
                                .put(
                                        CraftedHello.SIGNATURE_ALGORITHMS,
                                        new Bytes()
                                                .list(2, ECDSA_SECP256R1_SHA256)
                                                .done())));
    }

    private static Credential curve(CellPki pki, String name) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return CellPki.server(pki.issuing).key(generator.generateKeyPair()).issued();
    }

    private static void send(Line line, CraftedHello hello) throws IOException {
        hello.send(line);
        LostCells.drain(line);
    }

    /** SunX509 opens all keys when it is created, long before a handshake. */
    static void openWithWrongPassword(CellPki pki) throws GeneralSecurityException, IOException {
        try {
            Credential.managers("SunX509", WRONG, pki.ec);
            throw new IllegalStateException("the wrong password was right");
        } catch (UnrecoverableKeyException expected) {
            // the agent records the failure
        }
    }

    private static void mismatch(CellTable cells, CellPki pki, String family, String version, String suite, boolean rsa)
            throws GeneralSecurityException, IOException {
        Credential wrong = rsa ? pki.rsa.withKeyOf(pki.otherRsa) : pki.ec.withKeyOf(pki.otherEc);
        cells.add(
                family,
                version,
                () -> JsseParty.server().shows(wrong).suites(suite),
                () -> pki.goodClient().suites(suite));
    }
}
