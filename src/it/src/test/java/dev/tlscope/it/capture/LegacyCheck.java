package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Master secret, key block and verify_data of TLS 1.0 to 1.2, computed again (RFC 2246, 5; RFC 5246, 5; RFC 7627). */
final class LegacyCheck {
    private static final int MASTER_LENGTH = 48;
    private static final int VERIFY_DATA_LENGTH = 12;

    private final CapturedSecrets captured;
    private final boolean tls12;
    private final String mac;

    LegacyCheck(CapturedSecrets captured, String cell) {
        this.captured = captured;
        this.tls12 = cell.startsWith("tlsv12");
        this.mac = cell.contains("sha384") ? "HmacSHA384" : "HmacSHA256";
    }

    void schedule(boolean resumed) {
        byte[] master = captured.bytes("CLIENT_RANDOM");
        assertThat(captured.has("premaster_secret")).isNotEqualTo(resumed);
        if (!resumed) {
            Event derived = captured.secret("master_secret");
            byte[] session = derived.bytes(Field.TRANSCRIPT_HASH);
            byte[] computed = session != null
                    ? prf(captured.bytes("premaster_secret"), "extended master secret", session, MASTER_LENGTH)
                    : prf(captured.bytes("premaster_secret"), "master secret", randoms(1, 2), MASTER_LENGTH);
            assertThat(derived.bytes(Field.BYTES)).isEqualTo(computed).isEqualTo(master);
        }
        keyBlock(master);
    }

    /** The parts in their order in the key block (RFC 5246, 6.3), which has no explicit IV of CBC (1.1, 1.2). */
    private void keyBlock(byte[] master) {
        byte[] block = prf(master, "key expansion", randoms(2, 1), 256);
        int at = 0;
        int parts = 0;
        for (String part : List.of("mac_key", "key", "iv")) {
            for (String side : List.of("client", "server")) {
                String label = side + "_write_" + part;
                if (captured.has(label)) {
                    byte[] value = captured.bytes(label, "CLIENT_RANDOM");
                    assertThat(value).as(label).isEqualTo(Arrays.copyOfRange(block, at, at + value.length));
                    at += value.length;
                    parts++;
                }
            }
        }
        assertThat(parts).isGreaterThanOrEqualTo(4);
    }

    void finished(CapturedSecrets peer) {
        for (String side : List.of("client", "server")) {
            Event proof = captured.proof(side + "_finished");
            byte[] messages = proof.bytes(Field.TRANSCRIPT_HASH);
            assertThat(proof.bytes(Field.BYTES))
                    .isEqualTo(prf(captured.bytes("CLIENT_RANDOM"), side + " finished", messages, VERIFY_DATA_LENGTH));
            assertThat(peer.proof(side + "_finished").bytes(Field.TRANSCRIPT_HASH))
                    .isEqualTo(messages);
        }
    }

    private byte[] randoms(int first, int second) {
        byte[] both = Arrays.copyOf(captured.random(first), 64);
        System.arraycopy(captured.random(second), 0, both, 32, 32);
        return both;
    }

    private byte[] prf(byte[] secret, String label, byte[] seed, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = Arrays.copyOf(name, name.length + seed.length);
        System.arraycopy(seed, 0, labelled, name.length, seed.length);
        if (tls12) {
            return expand(mac, secret, labelled, length);
        }
        int half = (secret.length + 1) / 2;
        byte[] md5 = expand("HmacMD5", Arrays.copyOf(secret, half), labelled, length);
        byte[] sha =
                expand("HmacSHA1", Arrays.copyOfRange(secret, secret.length - half, secret.length), labelled, length);
        for (int i = 0; i < length; i++) {
            md5[i] ^= sha[i];
        }
        return md5;
    }

    /** P_hash. */
    private static byte[] expand(String algorithm, byte[] secret, byte[] seed, int length) {
        try {
            Mac hmac = Mac.getInstance(algorithm);
            hmac.init(new SecretKeySpec(secret, algorithm));
            byte[] made = new byte[length];
            byte[] a = seed;
            for (int at = 0; at < length; at += hmac.getMacLength()) {
                a = hmac.doFinal(a);
                hmac.update(a);
                byte[] chunk = hmac.doFinal(seed);
                System.arraycopy(chunk, 0, made, at, Math.min(chunk.length, length - at));
            }
            return made;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
