package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.wire.Der;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Names of a certificate, read from its DER: a certificate that breaks the rules for them is one that java.security.cert
 * does not parse (RFC 5280, 4.1.2).
 *
 * @param issuer RFC 2253; empty for an empty sequence
 * @param subject RFC 2253; empty for an empty sequence
 * @param alternatives how many names subjectAltName has; empty without that extension
 */
public record CertificateFields(String issuer, String subject, Optional<Integer> alternatives) {
    private static final int VERSION = 0xa0; // [0] EXPLICIT
    private static final int EXTENSIONS = 0xa3; // [3] EXPLICIT
    private static final int[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11}; // 2.5.29.17

    /** Of a certificate's DER; empty if this is none. */
    public static Optional<CertificateFields> of(byte[] encoded) {
        List<Der> outer = Der.elements(encoded);
        List<Der> signed = outer.isEmpty() ? List.of() : outer.get(0).children();
        List<Der> fields = signed.isEmpty() ? List.of() : signed.get(0).children();
        int first = !fields.isEmpty() && fields.get(0).tag() == VERSION ? 1 : 0;
        // serialNumber, signature, issuer, validity, subject
        if (fields.size() < first + 5) {
            return Optional.empty();
        }
        return Optional.of(new CertificateFields(
                name(fields.get(first + 2)),
                name(fields.get(first + 4)),
                fields.stream()
                        .filter(field -> field.tag() == EXTENSIONS)
                        .flatMap(field -> field.children(Der.SEQUENCE).stream())
                        .flatMap(list -> list.children(Der.SEQUENCE).stream())
                        .filter(CertificateFields::isAlternatives)
                        .findFirst()
                        .map(CertificateFields::countNames)));
    }

    private static boolean isAlternatives(Der extension) {
        List<Der> parts = extension.children();
        return !parts.isEmpty() && parts.get(0).isObject(SUBJECT_ALT_NAME);
    }

    private static int countNames(Der extension) {
        return extension.children(Der.OCTET_STRING).stream()
                .flatMap(value -> value.children(Der.SEQUENCE).stream())
                .mapToInt(names -> names.children().size())
                .sum();
    }

    private static String name(Der name) {
        if (name.tag() != Der.SEQUENCE || name.content().remaining() == 0) {
            return "";
        }
        try {
            return new X500Principal(name.encoded()).getName();
        } catch (IllegalArgumentException e) {
            return "a name that does not parse";
        }
    }
}
