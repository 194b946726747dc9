package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;

/** Private keys that do not belong to their certificates, or that no handshake can use. */
final class PrivateKeyCells {
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
