package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.message.DecodedCertificate;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Certificates from Certificate messages and events. */
public final class Certificates {
    private Certificates() {}

    /** The leaf of a Certificate message; empty when there is none or it does not parse. */
    public static Optional<X509Certificate> leaf(Message message, boolean tls13) {
        return chain(message, tls13).stream().findFirst();
    }

    /**
     * The certificates of a Certificate message (RFC 5246, 7.4.2; RFC 8446, 4.4.2), leaf first, as far as they parse.
     */
    public static List<X509Certificate> chain(Message message, boolean tls13) {
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] encoded : encoded(message, tls13)) {
            Optional<X509Certificate> certificate = parse(encoded);
            if (certificate.isEmpty()) {
                break;
            }
            chain.add(certificate.get());
        }
        return List.copyOf(chain);
    }

    /** The DER of the certificates of a Certificate message, leaf first, whether they are certificates or not. */
    public static List<byte[]> encoded(Message message, boolean tls13) {
        List<byte[]> all = new ArrayList<>();
        try {
            WireReader body = WireReader.body(message.bytes());
            if (tls13) {
                body.block(1); // certificate_request_context
            }
            WireReader list = body.block(3);
            while (list.hasMore()) {
                all.add(list.block(3).rest());
                if (tls13) {
                    list.block(2); // extensions
                }
            }
        } catch (MalformedException e) {
            // those before the malformed part of the message are returned
        }
        return List.copyOf(all);
    }

    /** True for a Certificate message with an empty list; false when its certificates do not parse. */
    public static boolean hasNone(Message message, boolean tls13) {
        try {
            WireReader body = WireReader.body(message.bytes());
            if (tls13) {
                body.block(1); // certificate_request_context
            }
            return !body.block(3).hasMore();
        } catch (MalformedException e) {
            return false;
        }
    }

    /** A certificate from its DER; empty when it does not parse. */
    public static Optional<X509Certificate> parse(byte[] der) {
        return DecodedCertificate.of(der).certificate();
    }

    /** Lower-case hex SHA-256 of the SubjectPublicKeyInfo. */
    public static String fingerprint(PublicKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Subject and serial number, by which people identify a certificate. */
    public static String describe(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", serial "
                + certificate.getSerialNumber().toString(16);
    }

    /** The subjects of a chain, leaf first. */
    public static String subjects(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .collect(Collectors.joining(" < "));
    }

    /** True when subject and issuer are equal, as in a root (RFC 5280, 3.2). */
    public static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }
}
