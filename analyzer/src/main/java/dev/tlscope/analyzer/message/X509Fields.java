package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.wire.MalformedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The fields of a certificate that people look for (RFC 5280, 4.1), derived from its DER; and names (RFC 5280,
 * 4.1.2.4).
 */
final class X509Fields {
    /** RFC 5280, 4.2.1.3, by bit. */
    private static final List<String> KEY_USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    /** RFC 5280, 4.2.1.6, by tag. */
    private static final List<String> NAME_KINDS =
            List.of("other", "email", "DNS", "X400", "directory", "EDI", "URI", "IP", "OID");

    private X509Fields() {}

    /** Reads a certificate that fills a part: its fields, then its bytes. */
    static void read(FieldReader in) throws MalformedException {
        byte[] der = Arrays.copyOfRange(in.source(), in.position(), in.position() + in.remaining());
        for (DecodedField said : DecodedCertificate.of(der).fields()) {
            in.derived(said.name(), said.value());
        }
        in.rest("der");
    }

    /** Adds the certificate's fields at its first byte. */
    static void say(X509Certificate certificate, byte[] der, FieldReader in) throws MalformedException {
        in.derived("subject", certificate.getSubjectX500Principal().getName());
        in.derived("issuer", certificate.getIssuerX500Principal().getName());
        in.derived("serial_number", certificate.getSerialNumber().toString(16));
        in.derived("not_before", certificate.getNotBefore().toInstant().toString());
        in.derived("not_after", certificate.getNotAfter().toInstant().toString());
        readKey(in, certificate);
        in.derived("signature_algorithm", certificate.getSigAlgName());
        readExtensions(in, certificate);
        in.derived("sha256_fingerprint", digest(der));
    }

    /** Reads a DistinguishedName that fills a part: in RFC 2253 form, then its bytes. */
    static void readName(FieldReader in) throws MalformedException {
        byte[] der = Arrays.copyOfRange(in.source(), in.position(), in.position() + in.remaining());
        try {
            in.derived("name", new X500Principal(der).getName());
        } catch (IllegalArgumentException e) {
            in.derived("name", "does not parse as a name");
        }
        in.rest("der");
    }

    private static void readKey(FieldReader in, X509Certificate certificate) throws MalformedException {
        PublicKey key = certificate.getPublicKey();
        in.derived("key_algorithm", key.getAlgorithm());
        if (key instanceof RSAPublicKey rsa) {
            in.derived("key_size", rsa.getModulus().bitLength() + " bits");
        } else if (key instanceof DSAPublicKey dsa && dsa.getParams() != null) {
            in.derived("key_size", dsa.getParams().getP().bitLength() + " bits");
        } else if (key instanceof ECPublicKey ec) {
            // The JDK's parameters start with the curve's name.
            String curve = String.valueOf(ec.getParams()).split(" ", 2)[0];
            in.derived("key_size", ec.getParams().getCurve().getField().getFieldSize() + " bits, " + curve);
        }
        in.derived("key_sha256", digest(key.getEncoded()));
    }

    private static void readExtensions(FieldReader in, X509Certificate certificate) throws MalformedException {
        String names = names(certificate);
        if (!names.isEmpty()) {
            in.derived("subject_alt_name", names);
        }
        int path = certificate.getBasicConstraints();
        if (path >= 0) {
            in.derived(
                    "basic_constraints", path == Integer.MAX_VALUE ? "CA" : "CA, at most " + path + " more below it");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null) {
            List<String> set = new ArrayList<>();
            for (int i = 0; i < Math.min(usage.length, KEY_USAGES.size()); i++) {
                if (usage[i]) {
                    set.add(KEY_USAGES.get(i));
                }
            }
            in.derived("key_usage", String.join(", ", set));
        }
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            if (extended != null) {
                in.derived("extended_key_usage", String.join(", ", extended));
            }
        } catch (CertificateParsingException e) {
            in.derived("extended_key_usage", "does not parse");
        }
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> texts = new ArrayList<>();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                Object value = name.get(1);
                String text = value instanceof byte[] der ? HexFormat.of().formatHex(der) : String.valueOf(value);
                texts.add(NAME_KINDS.get((Integer) name.get(0)) + ":" + text);
            }
            return String.join(", ", texts);
        } catch (CertificateParsingException e) {
            return "does not parse";
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
