package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tlscope.analyzer.message.DecodedCertificate;
import dev.tlscope.analyzer.message.DecodedField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The certificates that a side sent. */
final class ChainJson {
    private static final int MOST_KNOWN = 256;

    /** The last few, written: a service shows the same ones in every handshake. Guarded by itself. */
    private static final Map<X509Certificate, SerializedString> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<X509Certificate, SerializedString> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private ChainJson() {}

    static void write(List<X509Certificate> chain, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (X509Certificate certificate : chain) {
            json.writeRawValue(written(certificate));
        }
        json.writeEndArray();
    }

    private static SerializedString written(X509Certificate certificate) throws IOException {
        synchronized (KNOWN) {
            SerializedString known = KNOWN.get(certificate);
            if (known != null) {
                return known;
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.line(out)) {
            json.writeStartObject();
            for (DecodedField field :
                    DecodedCertificate.of(certificate.getEncoded()).fields()) {
                json.writeStringField(inCamelCase(field.name()), field.value());
            }
            json.writeEndObject();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was parsed from its encoding", e);
        }
        SerializedString written = new SerializedString(out.toString(StandardCharsets.UTF_8));
        synchronized (KNOWN) {
            KNOWN.put(certificate, written);
        }
        return written;
    }

    /** not_before, as decoded messages have it, becomes notBefore, as all other names here are. */
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
