package dev.tlscope.agent.stack.provider;

import dev.tlscope.tls.SecretLabel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line of a key log (RFC 9850, 1): a label, the client's random and the secret in hex. No text of the secret is made. */
final class SecretLine {
    private static final byte SPACE = ' ';

    final SecretLabel label;
    final byte[] clientRandom;
    final byte[] secret;

    private SecretLine(SecretLabel label, byte[] clientRandom, byte[] secret) {
        this.label = label;
        this.clientRandom = clientRandom;
        this.secret = secret;
    }

    /** The secret of a line; null for a comment, and for a label that RFC 9850 does not have. */
    static @Nullable SecretLine of(byte[] line) {
        int first = space(line, 0);
        int second = space(line, first + 1);
        if (first < 0 || second < 0) {
            return null;
        }
        SecretLabel label = SecretLabel.ofName(new String(line, 0, first, StandardCharsets.US_ASCII));
        byte[] random = bytes(line, first + 1, second);
        byte[] secret = bytes(line, second + 1, line.length);
        return label == null || random == null || secret == null ? null : new SecretLine(label, random, secret);
    }

    private static int space(byte[] line, int from) {
        for (int at = from; at < line.length; at++) {
            if (line[at] == SPACE) {
                return at;
            }
        }
        return -1;
    }

    private static byte @Nullable [] bytes(byte[] line, int from, int to) {
        if (to <= from || (to - from) % 2 != 0) {
            return null;
        }
        byte[] bytes = new byte[(to - from) / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(line[from + 2 * i], 16);
            int low = Character.digit(line[from + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                Arrays.fill(bytes, (byte) 0);
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
