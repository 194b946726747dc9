package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Ends that fail when the other one begins to encrypt. */
final class ProtectionCells {
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int FATAL = 2;
    private static final int UNKNOWN_CA = 48;
    private static final int INTERNAL_ERROR = 80;
    private static final int PREMASTER_LENGTH = 48;
    private static final int TLS11 = 0x0302;
    private static final int X25519 = 29;
    private static final int X25519_LENGTH = 32;

    private ProtectionCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add("plaintext-alert", CellTable.TLS12, () -> JsseParty.server().shows(pki.rsa), () -> line -> {
            keyExchange(line, pki, 0x0303);
            PlaintextRecords.send(line, PlaintextRecords.CHANGE_CIPHER_SPEC, (byte) 1);
            PlaintextRecords.send(line, PlaintextRecords.ALERT, (byte) FATAL, (byte) UNKNOWN_CA);
            LostCells.drain(line);
        });
        cells.add("plaintext-alert", CellTable.TLS13, pki::goodServer, () -> line -> {
            CraftedHello.client(line.name(), CellTable.TLS13).send(line);
            PlaintextRecords.read(line);
            PlaintextRecords.send(line, PlaintextRecords.ALERT, (byte) FATAL, (byte) UNKNOWN_CA);
            LostCells.drain(line);
        });
        // After ChangeCipherSpec the client accepts no plain text any more (RFC 5246, 7.1).
        cells.add(
                "plaintext-alert-server",
                CellTable.TLS12,
                () -> line -> {
                    new ServerFlight(line)
                            .sendHello(CraftedHello.TLS_RSA_WITH_AES_128_CBC_SHA)
                            .sendCertificate(pki.rsa)
                            .send(ServerFlight.SERVER_HELLO_DONE);
                    PlaintextRecords.readUntil(line, CLIENT_KEY_EXCHANGE);
                    PlaintextRecords.send(line, PlaintextRecords.CHANGE_CIPHER_SPEC, (byte) 1);
                    PlaintextRecords.send(line, PlaintextRecords.ALERT, (byte) FATAL, (byte) INTERNAL_ERROR);
                    LostCells.drain(line);
                },
                () -> pki.goodClient().suites("TLS_RSA_WITH_AES_128_CBC_SHA"));
        cells.add(
                "plaintext-alert-server",
                CellTable.TLS13,
                () -> line -> {
                    byte[] hello = PlaintextRecords.read(line);
                    CraftedHello answer =
                            CraftedHello.server(hello, CellTable.TLS13, CraftedHello.TLS_AES_128_GCM_SHA256);
                    if (offersX25519(hello)) {
                        answer.put(
                                CraftedHello.KEY_SHARE,
                                new Bytes()
                                        .number(2, X25519)
                                        .vector(2, basePoint())
                                        .done());
                    }
                    answer.send(line);
                    PlaintextRecords.send(line, PlaintextRecords.ALERT, (byte) FATAL, (byte) INTERNAL_ERROR);
                    LostCells.drain(line);
                },
                () -> pki.goodClient().suites("TLS_AES_128_GCM_SHA256"));
        cells.add("premaster-version", CellTable.TLS12, () -> JsseParty.server().shows(pki.rsa), () -> line -> {
            keyExchange(line, pki, TLS11);
            PlaintextRecords.send(line, PlaintextRecords.CHANGE_CIPHER_SPEC, (byte) 1);
            // IV and three blocks, the length of a Finished
            PlaintextRecords.send(line, PlaintextRecords.HANDSHAKE, random(64));
            LostCells.drain(line);
        });
    }

    /**
     * A KeyShareEntry begins with its group and the length of its key; nothing else in a ClientHello has these bytes.
     */
    private static boolean offersX25519(byte[] clientHello) {
        byte[] entry = new Bytes().number(2, X25519).number(2, X25519_LENGTH).done();
        for (int at = 0; at + entry.length <= clientHello.length; at++) {
            if (Arrays.equals(entry, Arrays.copyOfRange(clientHello, at, at + entry.length))) {
                return true;
            }
        }
        return false;
    }

    /** A public key that every client accepts (RFC 7748, 4.1). */
    private static byte[] basePoint() {
        byte[] point = new byte[X25519_LENGTH];
        point[0] = 9;
        return point;
    }

    /**
     * Plays RSA key exchange up to the ClientKeyExchange, with a pre-master that begins with that version (RFC 5246,
     * 7.4.7.1).
     */
    private static void keyExchange(Line line, CellPki pki, int premasterVersion) throws Exception {
        CraftedHello.client(line.name(), CellTable.TLS12)
                .suites(CraftedHello.TLS_RSA_WITH_AES_128_CBC_SHA)
                .send(line);
        PlaintextRecords.readUntil(line, SERVER_HELLO_DONE);
        byte[] premaster = new Bytes()
                .number(2, premasterVersion)
                .raw(random(PREMASTER_LENGTH - 2))
                .done();
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, pki.rsa.leaf().getPublicKey());
        byte[] encrypted = new Bytes().vector(2, rsa.doFinal(premaster)).done();
        PlaintextRecords.send(
                line, PlaintextRecords.HANDSHAKE, PlaintextRecords.message(CLIENT_KEY_EXCHANGE, encrypted));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
