package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Reference;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.AliasVerdict;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.ResumedSession;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The details of one connection, which the page shows when it is opened. */
record HandshakeDetail(Handshake handshake, @Nullable Finding finding, ScheduleDetail schedule) {
    private static final int MOST_MESSAGES = 100;

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (finding != null) {
            writeFinding(json, finding);
        }
        json.writeArrayFieldStart("facts");
        fact(json, "transport", handshake.transport());
        fact(
                json,
                "joined late",
                handshake.joinedLate()
                        ? "yes: the connection was open when tlscope was attached or began this file"
                        : null);
        ResumedSession session = handshake.session();
        fact(json, "session", session == null ? null : session(session));
        for (Event pair : handshake.keyPairs()) {
            fact(json, "key selected", pair(pair));
        }
        for (AliasVerdict alias : AliasChoices.of(handshake)) {
            fact(json, "alias " + alias.alias(), (alias.chosen() ? "chosen: " : "passed over: ") + alias.detail());
        }
        json.writeEndArray();
        writeMessages(json);
        json.writeArrayFieldStart("chains");
        writeChain(json, true);
        writeChain(json, false);
        json.writeEndArray();
        schedule.write(json);
        json.writeEndObject();
    }

    private static void writeFinding(JsonGenerator json, Finding finding) throws IOException {
        json.writeObjectFieldStart("finding");
        json.writeStringField("cause", finding.cause().id());
        json.writeStringField("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
        json.writeStringField("summary", finding.summary());
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : finding.evidence()) {
            fact(json, evidence.what(), evidence.value());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("fix");
        for (String step : finding.fix()) {
            json.writeString(step);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : finding.candidates()) {
            fact(json, candidate.cause().id(), candidate.decides());
        }
        json.writeEndArray();
        json.writeStringField(
                "references",
                finding.references().stream().map(Reference::toString).collect(Collectors.joining("; ")));
        json.writeEndObject();
    }

    private void writeMessages(JsonGenerator json) throws IOException {
        List<Message> messages = handshake.messages();
        List<DecodedMessage> decoded = handshake.decodedMessages();
        json.writeArrayFieldStart("messages");
        for (int i = 0; i < Math.min(MOST_MESSAGES, messages.size()); i++) {
            new MessageDetail(json).write(messages.get(i), decoded.get(i), handshake.timeNanos());
        }
        json.writeEndArray();
        json.writeNumberField("unlisted", Math.max(0, messages.size() - MOST_MESSAGES));
    }

    private void writeChain(JsonGenerator json, boolean sent) throws IOException {
        List<X509Certificate> chain = handshake.certificates(sent);
        if (chain.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField(
                "title",
                (sent == handshake.isClient() ? "Client" : "Server") + (sent ? ", sent from here" : ", as received"));
        json.writeArrayFieldStart("certificates");
        for (X509Certificate certificate : chain) {
            json.writeStartArray();
            fact(json, "subject", certificate.getSubjectX500Principal().getName());
            fact(json, "issuer", certificate.getIssuerX500Principal().getName());
            fact(json, "names", names(certificate));
            fact(
                    json,
                    "valid",
                    certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant());
            fact(
                    json,
                    "key",
                    certificate.getPublicKey().getAlgorithm() + ", signed with " + certificate.getSigAlgName());
            fact(json, "key SHA-256", Certificates.fingerprint(certificate.getPublicKey()));
            fact(json, "serial", certificate.getSerialNumber().toString(16));
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static @Nullable String names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            List<String> names = new ArrayList<>();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(1) instanceof String text) {
                    names.add(text);
                }
            }
            return names.isEmpty() ? null : String.join(", ", names);
        } catch (CertificateParsingException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private static String session(ResumedSession session) {
        return (session.resumed() ? "resumed one of " : "offered one, which was not resumed, of ")
                + Instant.EPOCH.plusNanos(session.createdNanos()).truncatedTo(ChronoUnit.MILLIS)
                + (session.predatesCapture() ? "; its full handshake was before tlscope was attached" : "");
    }

    private static String pair(Event pair) {
        String match = pair.text(Field.MATCH);
        return "alias " + pair.text(Field.ALIAS) + ", " + pair.text(Field.KEY_ALGORITHM) + ", "
                + ("yes".equals(match)
                        ? "belongs to its certificate"
                        : "no".equals(match) ? "does not belong to its certificate" : "not compared");
    }

    private static void fact(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStartArray();
            json.writeString(name);
            json.writeString(Strings.shortened(value));
            json.writeEndArray();
        }
    }
}
