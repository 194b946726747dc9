package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Determines how values are shown: key material as a fingerprint, unless the user asks for it.
 *
 * @param secrets whether key material itself is shown
 */
public record SecretRedaction(boolean secrets) {
    /** Lower-case hex; for key material {@code #} and 8 hex digits of its SHA-256; null for null. */
    public @Nullable String value(byte @Nullable [] value, boolean secret) {
        if (value == null) {
            return null;
        }
        return secret && !secrets
                ? "#" + Digests.fingerprint(value)
                : HexFormat.of().formatHex(value);
    }
}
