package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.problem.Problem;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.Tally;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The problems as the page's cards show them. A problem has an id from its first failure on, and its number at the end. */
final class ProblemCards {
    private static final int MOST_ENTRIES = 12;

    private final Problems problems;
    private final Map<Problem, Integer> ids = new HashMap<>();

    ProblemCards(Problems problems) {
        this.problems = problems;
    }

    /** Takes a failure; returns the id of its problem. */
    int failed(Handshake handshake, Finding finding) {
        return id(problems.failed(handshake, finding));
    }

    void warned(Warning warning) {
        problems.warned(warning);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems.mostUrgentFirst()) {
            Finding finding = problem.finding();
            json.writeStartObject();
            json.writeNumberField("id", id(problem));
            json.writeStringField("cause", finding.cause().id());
            json.writeStringField("sure", problem.certainty());
            json.writeStringField("act", problem.whoMustAct());
            json.writeStringField("summary", finding.summary());
            json.writeNumberField("count", problem.count());
            json.writeNumberField("first", Math.floorDiv(problem.firstNanos(), 1_000_000L));
            json.writeNumberField("last", Math.floorDiv(problem.lastNanos(), 1_000_000L));
            json.writeArrayFieldStart("fix");
            for (String step : finding.fix()) {
                json.writeString(step);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("evidence");
            for (Evidence fact : finding.evidence()) {
                json.writeStartArray();
                json.writeString(fact.what());
                json.writeString(fact.value());
                json.writeEndArray();
            }
            json.writeEndArray();
            write("peers", problem.peers(), json);
            write("processes", problem.processes(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The most frequent values with their counts; the rest is the last, without a value. */
    static void write(String name, Tally tally, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        long rest = tally.others();
        int written = 0;
        for (Tally.Entry entry : tally.entries()) {
            if (written++ < MOST_ENTRIES) {
                write(entry.value(), entry.count(), json);
            } else {
                rest += entry.count();
            }
        }
        if (rest > 0) {
            write("", rest, json);
        }
        json.writeEndArray();
    }

    private static void write(String value, long count, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeString(value);
        json.writeNumber(count);
        json.writeEndArray();
    }

    private int id(Problem problem) {
        Integer known = ids.putIfAbsent(problem, ids.size());
        return known == null ? ids.size() - 1 : known;
    }
}
