package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.problem.Parties;
import dev.tlscope.analyzer.problem.Tally;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The leaf certificates that either side showed, with who showed them: the page lists them by their expiry. */
final class ShownCertificates {
    /** A hostile capture gets no more memory. */
    private static final int MOST = 500;

    private final Map<Key, Shown> shown = new LinkedHashMap<>();

    private record Key(String issuer, String serial) {}

    private record Shown(X509Certificate certificate, Tally by) {}

    void add(Handshake handshake) {
        add(handshake, true);
        add(handshake, false);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("certificates");
        List<Shown> byExpiry = shown.values().stream()
                .sorted(Comparator.comparing(one -> one.certificate().getNotAfter()))
                .toList();
        for (Shown one : byExpiry) {
            X509Certificate certificate = one.certificate();
            json.writeStartObject();
            json.writeStringField(
                    "subject", text(certificate.getSubjectX500Principal().getName()));
            json.writeStringField(
                    "issuer", text(certificate.getIssuerX500Principal().getName()));
            json.writeNumberField("from", certificate.getNotBefore().toInstant().toEpochMilli());
            json.writeNumberField("to", certificate.getNotAfter().toInstant().toEpochMilli());
            ProblemCards.write("by", one.by(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void add(Handshake handshake, boolean sent) {
        List<X509Certificate> chain = handshake.certificates(sent);
        if (chain.isEmpty()) {
            return;
        }
        X509Certificate leaf = chain.get(0);
        Key key = new Key(
                leaf.getIssuerX500Principal().getName(), leaf.getSerialNumber().toString(16));
        if (!shown.containsKey(key) && shown.size() >= MOST) {
            return;
        }
        boolean byServer = sent != handshake.isClient();
        shown.computeIfAbsent(key, any -> new Shown(leaf, new Tally()))
                .by()
                .add(
                        byServer
                                ? (sent ? "this server, " : "server ") + Parties.endpoint(handshake)
                                : sent ? "this client" : Parties.peer(handshake));
    }

    private static String text(String name) {
        return Strings.shortened(name);
    }
}
