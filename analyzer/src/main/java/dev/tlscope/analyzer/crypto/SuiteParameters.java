package dev.tlscope.analyzer.crypto;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a cipher suite protects records, derived from its IANA name.
 *
 * @param keyLength of the bulk cipher, in bytes
 * @param ivLength bytes of IV from the key schedule: a block (CBC), or the implicit part of the nonce (AEAD)
 * @param mac JCA name of the HMAC's hash; null for AEAD
 * @param macLength 0 for AEAD
 * @param hash of the PRF from TLS 1.2 on, and of HKDF
 */
public record SuiteParameters(
        Bulk bulk,
        String cipher,
        int keyLength,
        int ivLength,
        @Nullable String mac,
        int macLength,
        String hash) {
    public enum Bulk {
        NULL,
        CBC,
        GCM,
        CHACHA20
    }

    /** Empty for a suite whose records this analyzer cannot decrypt: RC4, CCM, export, DES and unknown suites. */
    public static Optional<SuiteParameters> of(@Nullable String suite) {
        if (suite == null || !suite.startsWith("TLS_") || suite.contains("_EXPORT_")) {
            return Optional.empty();
        }
        int with = suite.indexOf("_WITH_");
        boolean tls13 = with < 0;
        String protection = tls13 ? suite.substring(4) : suite.substring(with + 6);
        String hash = protection.endsWith("_SHA384") ? "SHA-384" : "SHA-256";
        if (protection.startsWith("CHACHA20_POLY1305_")) {
            return Optional.of(new SuiteParameters(Bulk.CHACHA20, "ChaCha20", 32, 12, null, 0, hash));
        }
        int keyLength = protection.startsWith("AES_128_")
                ? 16
                : protection.startsWith("AES_256_") ? 32 : protection.startsWith("3DES_EDE_CBC_") ? 24 : 0;
        if (keyLength > 0 && protection.contains("_GCM_")) {
            return Optional.of(new SuiteParameters(Bulk.GCM, "AES", keyLength, tls13 ? 12 : 4, null, 0, hash));
        }
        boolean cbc = keyLength > 0 && protection.contains("_CBC_");
        if (tls13 || (!cbc && !protection.startsWith("NULL_"))) {
            return Optional.empty();
        }
        String mac = protection.substring(protection.lastIndexOf('_') + 1);
        Optional<Integer> macLength = macLength(mac);
        boolean triple = keyLength == 24;
        return macLength.map(length -> new SuiteParameters(
                cbc ? Bulk.CBC : Bulk.NULL,
                triple ? "DESede" : "AES",
                keyLength,
                cbc ? (triple ? 8 : 16) : 0,
                mac.equals("SHA") ? "SHA1" : mac,
                length,
                hash));
    }

    private static Optional<Integer> macLength(String mac) {
        return switch (mac) {
            case "MD5" -> Optional.of(16);
            case "SHA" -> Optional.of(20);
            case "SHA256" -> Optional.of(32);
            case "SHA384" -> Optional.of(48);
            default -> Optional.empty();
        };
    }
}
