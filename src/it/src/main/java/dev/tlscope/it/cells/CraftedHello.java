package dev.tlscope.it.cells;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A ClientHello or ServerHello whose bytes a cell chooses (RFC 8446, 4.1.2 and 4.1.3). */
final class CraftedHello {
    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int EXTENDED_MASTER_SECRET = 23;
    static final int PRE_SHARED_KEY = 41;
    static final int SUPPORTED_VERSIONS = 43;
    static final int PSK_KEY_EXCHANGE_MODES = 45;
    static final int KEY_SHARE = 51;
    static final int RENEGOTIATION_INFO = 0xff01;

    static final int TLS_AES_128_GCM_SHA256 = 0x1301;
    static final int TLS_RSA_WITH_AES_128_CBC_SHA = 0x002f;
    static final int TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 0xc02b;
    static final int TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 0xc02f;
    static final int TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 = 0x009e;
    static final int SECP256R1 = 23;

    /** SHA-256 of "HelloRetryRequest" (RFC 8446, 4.1.3). */
    private static final byte[] RETRY =
            new BigInteger("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", 16).toByteArray();

    private static final int TLS12 = 0x0303;
    private static final int TLS13 = 0x0304;
    private static final int[] SCHEMES = {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501};

    private final boolean client;
    private final Map<Integer, byte[]> extensions = new TreeMap<>();
    private byte[] random = new byte[32];
    private byte[] session = new byte[0];
    private int[] suites;

    private CraftedHello(boolean client, int... suites) {
        this.client = client;
        this.suites = suites;
        new SecureRandom().nextBytes(random);
    }

    /** The ClientHello of a client of that version, with one key share, for P-256, in TLS 1.3. */
    static CraftedHello client(String name, String version) {
        boolean tls13 = version.equals(CellTable.TLS13);
        CraftedHello hello = new CraftedHello(
                true,
                tls13
                        ? new int[] {TLS_AES_128_GCM_SHA256}
                        : new int[] {
                            TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                            TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                            TLS_RSA_WITH_AES_128_CBC_SHA
                        });
        hello.put(
                SERVER_NAME,
                new Bytes()
                        .vector(
                                2,
                                new Bytes()
                                        .number(1, 0)
                                        .vector(2, name.getBytes(StandardCharsets.US_ASCII))
                                        .done())
                        .done());
        hello.put(SUPPORTED_GROUPS, new Bytes().list(2, SECP256R1).done());
        hello.put(SIGNATURE_ALGORITHMS, new Bytes().list(2, SCHEMES).done());
        if (tls13) {
            hello.session = new byte[32];
            hello.put(SUPPORTED_VERSIONS, new Bytes().list(1, TLS13).done());
            hello.put(KEY_SHARE, new Bytes().vector(2, share()).done());
        } else {
            hello.put(EXTENDED_MASTER_SECRET);
            hello.put(RENEGOTIATION_INFO, (byte) 0);
        }
        return hello;
    }

    /** The ServerHello that answers that ClientHello; TLS 1.3 echoes the session id. */
    static CraftedHello server(byte[] clientHello, String version, int suite) {
        CraftedHello hello = new CraftedHello(false, suite);
        if (version.equals(CellTable.TLS13)) {
            hello.session = sessionOf(clientHello);
            hello.put(SUPPORTED_VERSIONS, new Bytes().number(2, TLS13).done());
            hello.put(KEY_SHARE, share());
        } else {
            hello.put(EXTENDED_MASTER_SECRET);
            hello.put(RENEGOTIATION_INFO, (byte) 0);
        }
        return hello;
    }

    /** legacy_session_id of a ClientHello. */
    static byte[] sessionOf(byte[] clientHello) {
        int start = 4 + 2 + 32;
        return Arrays.copyOfRange(clientHello, start + 1, start + 1 + clientHello[start]);
    }

    CraftedHello put(int extension, byte... data) {
        extensions.put(extension, data);
        return this;
    }

    CraftedHello without(int extension) {
        extensions.remove(extension);
        return this;
    }

    CraftedHello suites(int... chosen) {
        suites = chosen;
        return this;
    }

    CraftedHello session(byte... id) {
        session = id;
        return this;
    }

    CraftedHello random(byte... bytes) {
        random = bytes;
        return this;
    }

    /** Turns the ServerHello into a HelloRetryRequest for that group (RFC 8446, 4.1.4). */
    CraftedHello retrying(int group) {
        put(KEY_SHARE, new Bytes().number(2, group).done());
        return random(Arrays.copyOfRange(RETRY, RETRY.length - 32, RETRY.length));
    }

    /** The message with its handshake header. */
    byte[] message() {
        Bytes body = new Bytes().number(2, TLS12).raw(random).vector(1, session);
        if (client) {
            body.list(2, suites).vector(1, (byte) 0);
        } else {
            body.number(2, suites[0]).number(1, 0);
        }
        Bytes list = new Bytes();
        extensions.forEach((type, data) -> list.number(2, type).vector(2, data));
        body.vector(2, list.done());
        return PlaintextRecords.message(client ? 1 : 2, body.done());
    }

    void send(Line line) throws IOException {
        PlaintextRecords.send(line, PlaintextRecords.HANDSHAKE, message());
    }

    /** KeyShareEntry of a fresh P-256 key (RFC 8446, 4.2.8.2). */
    private static byte[] share() {
        return new Bytes().number(2, SECP256R1).vector(2, point()).done();
    }

    /** A fresh point of P-256, uncompressed. */
    static byte[] point() {
        try {
            ECPublicKey key = (ECPublicKey) Issuer.newKeys("EC").getPublic();
            return new Bytes()
                    .number(1, 4)
                    .raw(coordinate(key.getW().getAffineX().toByteArray()))
                    .raw(coordinate(key.getW().getAffineY().toByteArray()))
                    .done();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static byte[] coordinate(byte... number) {
        byte[] fixed = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, fixed, 32 - length, length);
        return fixed;
    }
}
