package dev.tlscope.analyzer.evidence;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Subject and authority key identifiers (RFC 5280, 4.2.1.1 and 4.2.1.2), with which a path is built if names are
 * ambiguous.
 */
public final class KeyIdentifiers {
    private static final String SUBJECT = "2.5.29.14";
    private static final String AUTHORITY = "2.5.29.35";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int KEY_IDENTIFIER = 0x80; // [0] IMPLICIT OCTET STRING

    private KeyIdentifiers() {}

    /** The subject key identifier in lower-case hex; empty if the certificate has none. */
    public static Optional<String> ofSubject(X509Certificate certificate) {
        return content(certificate.getExtensionValue(SUBJECT), OCTET_STRING, OCTET_STRING);
    }

    /** The identifier of the key that signed the certificate, in lower-case hex; empty if it is not named. */
    public static Optional<String> ofIssuer(X509Certificate certificate) {
        return content(certificate.getExtensionValue(AUTHORITY), OCTET_STRING, SEQUENCE, KEY_IDENTIFIER);
    }

    /** Removes one header after the other, each of the first element; none has more than 127 bytes. */
    private static Optional<String> content(byte @org.jspecify.annotations.Nullable [] der, int... tags) {
        byte[] inside = der;
        for (int tag : tags) {
            if (inside == null
                    || inside.length < 2
                    || (inside[0] & 0xff) != tag
                    || inside[1] < 0
                    || inside[1] > inside.length - 2) {
                return Optional.empty();
            }
            inside = Arrays.copyOfRange(inside, 2, 2 + inside[1]);
        }
        return inside == null ? Optional.empty() : Optional.of(HexFormat.of().formatHex(inside));
    }
}
