package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** Recomputes TLS 1.3's key schedule with Bouncy Castle's HKDF (RFC 8446, 7.1 to 7.5). */
final class Tls13Check {
    private static final Map<String, String> LABELS = Map.of(
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "c hs traffic",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET", "s hs traffic",
            "CLIENT_TRAFFIC_SECRET_0", "c ap traffic",
            "SERVER_TRAFFIC_SECRET_0", "s ap traffic",
            "EXPORTER_SECRET", "exp master",
            "resumption_secret", "res master");

    private final CapturedSecrets captured;
    private final String hash;
    private final int length;

    Tls13Check(CapturedSecrets captured, String hash) {
        this.captured = captured;
        this.hash = hash;
        this.length = hash.equals("SHA-384") ? 48 : 32;
    }

    void schedule() {
        byte[] psk = captured.has("psk") ? captured.bytes("psk") : new byte[length];
        same("early_secret", extract(new byte[length], psk));
        byte[] derived = deriveSecret(captured.bytes("early_secret"), "derived", digest(new byte[0]));
        assertThat(captured.bytes("derived_secret", "early_secret")).isEqualTo(derived);
        same("handshake_secret", extract(derived, captured.bytes("shared_secret")));
        derived = deriveSecret(captured.bytes("handshake_secret"), "derived", digest(new byte[0]));
        assertThat(captured.bytes("derived_secret", "handshake_secret")).isEqualTo(derived);
        same("main_secret", extract(derived, new byte[length]));
        for (Map.Entry<String, String> label : LABELS.entrySet()) {
            boolean handshake = label.getKey().contains("HANDSHAKE");
            if (label.getKey().equals("EXPORTER_SECRET") && !captured.has("EXPORTER_SECRET")) {
                continue; // only JDK 25 and later derive it
            }
            Event secret = captured.secret(label.getKey());
            String base = handshake ? "handshake_secret" : "main_secret";
            assertThat(secret.text(Field.BASE)).isEqualTo(base);
            same(
                    label.getKey(),
                    deriveSecret(captured.bytes(base), label.getValue(), secret.bytes(Field.TRANSCRIPT_HASH)));
        }
        for (String side : List.of("client", "server")) {
            String upper = side.equals("client") ? "CLIENT" : "SERVER";
            keys(side, upper + "_HANDSHAKE_TRAFFIC_SECRET");
            keys(side, upper + "_TRAFFIC_SECRET_0");
        }
    }

    /** The secrets after KeyUpdates (RFC 8446, 7.2). */
    void keyUpdates(int count) {
        for (String side : List.of("client", "server")) {
            String before = side.equals("client") ? "CLIENT_TRAFFIC_SECRET_0" : "SERVER_TRAFFIC_SECRET_0";
            for (int i = 1; i <= count; i++) {
                String label = side + "_traffic_secret_" + i;
                assertThat(captured.bytes(label, before))
                        .isEqualTo(expandLabel(captured.bytes(before), "traffic upd", new byte[0], length));
                keys(side, label);
                before = label;
            }
            assertThat(captured.has(side + "_traffic_secret_" + (count + 1))).isFalse();
        }
    }

    /** Checks verify_data of both sides (RFC 8446, 4.4.4), and that both hashed the same messages. */
    void proofs(CapturedSecrets peer) {
        for (String side : List.of("client", "server")) {
            String label = side + "_finished";
            Event proof = captured.proof(label);
            byte[] base = captured.bytes(
                    side.equals("client") ? "CLIENT_HANDSHAKE_TRAFFIC_SECRET" : "SERVER_HANDSHAKE_TRAFFIC_SECRET");
            byte[] key = expandLabel(base, "finished", new byte[0], length);
            byte[] messages = proof.bytes(Field.TRANSCRIPT_HASH);
            assertThat(proof.bytes(Field.BYTES)).isEqualTo(hmac(key, messages));
            assertThat(proof.text(Field.DIRECTION)).isEqualTo(side.equals("client") ? "out" : "in");
            assertThat(peer.proof(label).bytes(Field.TRANSCRIPT_HASH)).isEqualTo(messages);
            assertThat(peer.proof(label).text(Field.DIRECTION)).isEqualTo(side.equals("client") ? "in" : "out");
        }
        if (!captured.has("psk")) {
            assertThat(captured.proof("server_certificate_verify").bytes(Field.TRANSCRIPT_HASH))
                    .isEqualTo(peer.proof("server_certificate_verify").bytes(Field.TRANSCRIPT_HASH));
        }
        if (captured.has("psk")) {
            byte[] received = peer.proof("binder").bytes(Field.RECEIVED);
            assertThat(received).isEqualTo(captured.proof("binder").bytes(Field.BYTES));
        }
    }

    /**
     * Checks that the PSK follows from the previous session, and the binder from the PSK (RFC 8446, 4.6.1 and
     * 4.2.11.2).
     */
    void psk(CapturedSecrets before) {
        List<byte[]> candidates = new ArrayList<>();
        for (byte nonce = 0; nonce < 4; nonce++) {
            candidates.add(expandLabel(before.bytes("resumption_secret"), "resumption", new byte[] {nonce}, length));
        }
        assertThat(candidates).contains(captured.bytes("psk"));
        byte[] early = extract(new byte[length], captured.bytes("psk"));
        same("binder_key", deriveSecret(early, "res binder", digest(new byte[0])));
        Event binder = captured.proof("binder");
        byte[] key = expandLabel(captured.bytes("binder_key"), "finished", new byte[0], length);
        assertThat(binder.bytes(Field.BYTES)).isEqualTo(hmac(key, binder.bytes(Field.TRANSCRIPT_HASH)));
    }

    /** Checks the exporter call that KeyExchangeRun makes (RFC 8446, 7.5). */
    void exporter() {
        Event call = captured.of(EventType.EXPORTER).get(0);
        assertThat(call.text(Field.LABEL)).isEqualTo("EXPERIMENTAL-tlscope");
        assertThat(call.bytes(Field.EXPORTER_CONTEXT)).isEqualTo(new byte[] {1, 2, 3});
        assertThat(call.number(Field.LENGTH, 0)).isEqualTo(40);
        byte[] secret = deriveSecret(captured.bytes("EXPORTER_SECRET"), "EXPERIMENTAL-tlscope", digest(new byte[0]));
        assertThat(call.bytes(Field.BYTES))
                .isEqualTo(expandLabel(secret, "exporter", digest(new byte[] {1, 2, 3}), 40));
    }

    private void keys(String side, String base) {
        byte[] secret = captured.bytes(base);
        byte[] key = captured.bytes(side + "_write_key", base);
        assertThat(key.length).isIn(16, 32);
        assertThat(key).isEqualTo(expandLabel(secret, "key", new byte[0], key.length));
        assertThat(captured.bytes(side + "_write_iv", base)).isEqualTo(expandLabel(secret, "iv", new byte[0], 12));
    }

    private void same(String label, byte[] computed) {
        assertThat(HexFormat.of().formatHex(captured.bytes(label)))
                .as(label)
                .isEqualTo(HexFormat.of().formatHex(computed));
    }

    private byte[] deriveSecret(byte[] secret, String label, byte[] messages) {
        return expandLabel(secret, label, messages, length);
    }

    private byte[] expandLabel(byte[] secret, String label, byte[] context, int bytes) {
        byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.write(bytes >> 8);
        info.write(bytes);
        info.write(full.length);
        info.writeBytes(full);
        info.write(context.length);
        info.writeBytes(context);
        HKDFBytesGenerator generator = new HKDFBytesGenerator(length == 48 ? new SHA384Digest() : new SHA256Digest());
        generator.init(HKDFParameters.skipExtractParameters(secret, info.toByteArray()));
        byte[] made = new byte[bytes];
        generator.generateBytes(made, 0, bytes);
        return made;
    }

    private byte[] extract(byte[] salt, byte[] input) {
        return hmac(salt, input); // RFC 5869, 2.2
    }

    private byte[] hmac(byte[] key, byte[] input) {
        HMac mac = new HMac(length == 48 ? new SHA384Digest() : new SHA256Digest());
        mac.init(new KeyParameter(key));
        mac.update(input, 0, input.length);
        byte[] made = new byte[mac.getMacSize()];
        mac.doFinal(made, 0);
        return made;
    }

    private byte[] digest(byte[] input) {
        try {
            return MessageDigest.getInstance(hash).digest(input);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
