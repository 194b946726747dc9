package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.work.Recent;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A certificate (RFC 5280, 4.1), parsed from DER, with its contents as fields. */
public final class DecodedCertificate {
    private static final int MOST_KNOWN = 256;

    /** Larger certificates are not cached. */
    private static final int MOST_BYTES = 1 << 14;

    /** A service sends the same certificates in every handshake. */
    private static final Recent<EncodedCertificate, DecodedCertificate> KNOWN = new Recent<>(MOST_KNOWN);

    private final @Nullable X509Certificate certificate;
    private final List<DecodedField> fields;

    private DecodedCertificate(byte[] der) {
        certificate = parse(der);
        FieldReader in = new FieldReader(der, der.length, der.length);
        in.readAll(said -> {
            if (certificate == null) {
                said.derived("X509", "does not parse as a certificate");
            } else {
                X509Fields.say(certificate, der, said);
            }
        });
        fields = List.copyOf(in.fields());
    }

    /** Decodes these bytes, which must not be changed later. */
    public static DecodedCertificate of(byte[] der) {
        return der.length > MOST_BYTES
                ? new DecodedCertificate(der)
                : KNOWN.get(new EncodedCertificate(der), key -> new DecodedCertificate(key.bytes));
    }

    /** Empty when the certificate does not parse. */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** Names, dates, key, extensions and fingerprints; or a field that reports that it does not parse. */
    public List<DecodedField> fields() {
        return fields;
    }

    /** The certificate, or null if the JDK's parser throws anything. */
    private static @Nullable X509Certificate parse(byte[] der) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            // The JDK's parser accepts PEM and trailing bytes, which are not an ASN.1Cert.
            return certificate != null && Arrays.equals(certificate.getEncoded(), der) ? certificate : null;
        } catch (CertificateException | RuntimeException e) {
            return null;
        }
    }

    /** The bytes as a key. The hash code uses their end, part of the signature (RFC 5280, 4.1), which differs most. */
    @SuppressWarnings("ArrayRecordComponent") // compared by their content, here
    private record EncodedCertificate(byte[] bytes) {
        private static final int END = 16;

        @Override
        public boolean equals(Object other) {
            return other instanceof EncodedCertificate der && Arrays.equals(bytes, der.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(Arrays.copyOfRange(bytes, Math.max(0, bytes.length - END), bytes.length));
        }
    }
}
