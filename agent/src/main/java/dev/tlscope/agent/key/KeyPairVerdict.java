package dev.tlscope.agent.key;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a private key belongs to a certificate, and how that was determined. It is computed on the writer's thread.
 */
final class KeyPairVerdict {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final WeakReference<PrivateKey> key;
    private final byte @Nullable [] mark;
    private final @Nullable String alias;
    private final String keyAlgorithm;
    private final String keyClass;

    private volatile String match = "unknown";
    private volatile String reason = "not compared";
    private volatile @Nullable String certificateFingerprint;
    private volatile @Nullable String privateFingerprint;

    KeyPairVerdict(PrivateKey key, X509Certificate leaf, @Nullable String alias) {
        this.key = new WeakReference<>(key);
        this.mark = KeyDigest.of(key);
        this.alias = alias;
        this.keyAlgorithm = key.getAlgorithm();
        this.keyClass = key.getClass().getName();
    }

    /** True for the same key, even in another object. */
    boolean isOf(PrivateKey other) {
        return key.get() == other || (mark != null && Arrays.equals(mark, KeyDigest.of(other)));
    }

    boolean isMismatch() {
        return match.equals("no");
    }

    void decide(PrivateKey privateKey, X509Certificate leaf) {
        try {
            PublicKey certified = leaf.getPublicKey();
            certificateFingerprint = fingerprint(certified);
            PublicKey own = PublicKeys.of(privateKey, certified);
            if (own != null) {
                privateFingerprint = fingerprint(own);
                boolean equal = PublicKeys.areEqual(own, certified);
                match = equal ? "yes" : "no";
                reason = "the private key's own public key was computed and compared with the certificate's";
            } else if (privateKey.getEncoded() != null) {
                match = SignThenVerify.agree(privateKey, certified) ? "yes" : "no";
                reason = "a signature made with the private key was verified with the certificate's key";
            } else {
                reason = "the private key stays in its device and was not used to find out";
            }
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            // A provider whose native library is not loaded throws a LinkageError.
            reason = "the pair could not be compared: " + e;
        }
    }

    Event describe(Event event) {
        return event.put(Field.ALIAS, alias)
                .put(Field.KEY_ALGORITHM, keyAlgorithm)
                .put(Field.CLASS, keyClass)
                .put(Field.MATCH, match)
                .put(Field.REASON, reason)
                .put(Field.CERTIFICATE_KEY_SHA256, certificateFingerprint)
                .put(Field.PRIVATE_KEY_SHA256, privateFingerprint);
    }

    String warning(X509Certificate leaf) {
        return "key-mismatch: the private key" + (alias == null ? "" : " of alias " + alias)
                + " does not belong to its certificate "
                + leaf.getSubjectX500Principal().getName() + ": certificate's key "
                + certificateFingerprint + ", private key's " + privateFingerprint;
    }

    static byte @Nullable [] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            return null;
        }
    }

    private static String fingerprint(PublicKey publicKey) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
        StringBuilder hex = new StringBuilder(64);
        for (byte b : digest) {
            hex.append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
        }
        return hex.toString();
    }
}
