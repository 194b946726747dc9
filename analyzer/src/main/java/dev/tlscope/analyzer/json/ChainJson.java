package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.tlscope.analyzer.message.DecodedCertificate;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.work.Recent;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Writes the certificates that a side sent. */
final class ChainJson {
    private static final int MOST_KNOWN = 256;

    /** A service sends the same certificates in every handshake. */
    private static final Recent<X509Certificate, SerializableString> KNOWN = new Recent<>(MOST_KNOWN);

    private ChainJson() {}

    static void write(List<X509Certificate> chain, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (X509Certificate certificate : chain) {
            Json.write(KNOWN, certificate, one -> write(certificate, one), json);
        }
        json.writeEndArray();
    }

    private static void write(X509Certificate certificate, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (DecodedField field : DecodedCertificate.of(encoded(certificate)).fields()) {
            json.writeStringField(inCamelCase(field.name()), field.value());
        }
        json.writeEndObject();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was parsed from its encoding", e);
        }
    }

    /** Turns a name of a decoded message's field into the style of this JSON: not_before becomes notBefore. */
    private static String inCamelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean up = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                camel.append(up ? Character.toUpperCase(c) : c);
            }
            up = c == '_';
        }
        return camel.toString();
    }
}
