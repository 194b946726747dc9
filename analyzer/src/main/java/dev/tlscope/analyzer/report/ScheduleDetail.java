package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verify.Verification;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The recomputed values of a connection with their verdicts, and the numbers of its records. It contains secrets only
 * on request; without that, not even their fingerprints.
 */
record ScheduleDetail(Verification verification, Recomputed recomputed, SecretRedaction shown) {
    private static final int MOST_CHECKS = 200;
    private static final int MOST_RECORDS = 20;

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("schedule");
        json.writeNumberField("recomputed", recomputed.code());
        json.writeStringField("first", verification.firstDifference().orElse(null));
        List<Check> checks = verification.checks();
        json.writeArrayFieldStart("checks");
        for (Check check : checks.subList(0, Math.min(MOST_CHECKS, checks.size()))) {
            write(json, check);
        }
        json.writeEndArray();
        json.writeNumberField("unlisted", Math.max(0, checks.size() - MOST_CHECKS));
        json.writeArrayFieldStart("records");
        writeCounts(json, true);
        writeCounts(json, false);
        json.writeEndArray();
        json.writeArrayFieldStart("odd");
        List<RecordCheck> odd = verification.records().stream()
                .filter(record -> record.verdict() == Verdict.DIFFERS || record.verdict() == Verdict.UNCHECKED)
                .limit(MOST_RECORDS)
                .toList();
        for (RecordCheck record : odd) {
            write(json, record);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Check check) throws IOException {
        json.writeStartArray();
        json.writeString(Strings.shortened(check.name()));
        json.writeString(name(check.verdict()));
        json.writeString(Strings.shortened(check.detail()));
        json.writeNumber(check.firstDifference());
        boolean open = !check.secret() || shown.secrets();
        json.writeString(open ? shown.value(check.captured(), check.secret()) : null);
        json.writeString(open ? shown.value(check.computed(), check.secret()) : null);
        json.writeEndArray();
    }

    /** Writes how many records, sent or received, verify, differ, could not be checked, and are plain text. */
    private void writeCounts(JsonGenerator json, boolean sent) throws IOException {
        json.writeStartArray();
        for (Verdict verdict : List.of(Verdict.VERIFIED, Verdict.DIFFERS, Verdict.UNCHECKED, Verdict.GIVEN)) {
            json.writeNumber(verification.records().stream()
                    .filter(record -> record.sent() == sent && record.verdict() == verdict)
                    .count());
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, RecordCheck record) throws IOException {
        json.writeStartArray();
        json.writeString("record " + record.number() + (record.sent() ? " sent" : " received") + ", epoch "
                + record.epoch() + ", sequence " + record.sequence() + ", " + record.record().length + " bytes");
        json.writeString(name(record.verdict()));
        json.writeString(Strings.shortened(record.detail()));
        json.writeEndArray();
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
