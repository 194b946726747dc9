package dev.tlscope.analyzer.model;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates out of Certificate messages and events. */
public final class Certificates {
    private static final int MOST_PARSED = 64;

    /** The last few that were parsed: a service shows the same ones in every handshake. Guarded by itself. */
    private static final Map<Der, X509Certificate> PARSED = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Der, X509Certificate> eldest) {
            return size() > MOST_PARSED;
        }
    };

    private Certificates() {}

    /** The leaf of a Certificate message; empty when there is none that parses. */
    public static Optional<X509Certificate> leaf(Message message, boolean tls13) {
        return chain(message, tls13).stream().findFirst();
    }

    /**
     * The certificates of a Certificate message (RFC 5246, 7.4.2; RFC 8446, 4.4.2), leaf first, as far as they parse.
     */
    public static List<X509Certificate> chain(Message message, boolean tls13) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            Wire body = Wire.body(message.bytes());
            if (tls13) {
                body.block(1); // certificate_request_context
            }
            Wire list = body.block(3);
            while (list.hasMore()) {
                Optional<X509Certificate> certificate = parse(list.block(3).rest());
                if (certificate.isEmpty()) {
                    break;
                }
                chain.add(certificate.get());
                if (tls13) {
                    list.block(2); // extensions
                }
            }
        } catch (MalformedException e) {
            // what came before stays
        }
        return List.copyOf(chain);
    }

    /** A certificate from its DER. */
    public static Optional<X509Certificate> parse(byte[] der) {
        Der key = new Der(der);
        synchronized (PARSED) {
            X509Certificate known = PARSED.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            synchronized (PARSED) {
                PARSED.put(key, certificate);
            }
            return Optional.of(certificate);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** Lower-case hex SHA-256 of the SubjectPublicKeyInfo. */
    public static String fingerprint(PublicKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Subject and serial number, as a person looks a certificate up. */
    public static String describe(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", serial "
                + certificate.getSerialNumber().toString(16);
    }

    /** A certificate's bytes as a key. Their end tells most of them apart: it is of the signature (RFC 5280, 4.1). */
    @SuppressWarnings("ArrayRecordComponent") // compared by their content, here
    private record Der(byte[] bytes) {
        private static final int END = 16;

        @Override
        public boolean equals(Object other) {
            return other instanceof Der der && Arrays.equals(bytes, der.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(Arrays.copyOfRange(bytes, Math.max(0, bytes.length - END), bytes.length));
        }
    }
}
