package dev.tlscope.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.json.FindingJson;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.HandshakeCounts;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.model.TlsImplementation;
import dev.tlscope.analyzer.problem.Occurrence;
import dev.tlscope.analyzer.problem.Problem;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.Tally;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** JSON output of problems: one object with the totals and the array of problems, the most urgent first. */
public final class ProblemJson extends ProblemOutput {
    private final JsonGenerator json;

    public ProblemJson(PrintWriter out, Problems problems) throws IOException {
        super(problems);
        this.json = Json.pretty(out);
    }

    @Override
    public void end() throws IOException {
        json.writeStartObject();
        json.writeNumberField("connections", problems.all());
        json.writeNumberField("completed", problems.completed());
        json.writeNumberField("failed", problems.failed());
        json.writeNumberField("unfinished", problems.unfinished());
        json.writeBooleanField("completedLeftOut", problems.jvms().leaveOutCompleted());
        writeCounts(problems.jvms().counted());
        json.writeArrayFieldStart("processes");
        for (CapturedJvm jvm : problems.jvms().all().stream()
                .sorted(Comparator.comparingLong(CapturedJvm::sinceNanos).thenComparing(CapturedJvm::toString))
                .toList()) {
            json.writeStartObject();
            json.writeStringField("host", jvm.host());
            json.writeStringField("pid", jvm.pid());
            json.writeStringField("mainClass", jvm.mainClass());
            json.writeStringField("attached", Times.iso(jvm.sinceNanos()));
            writeTls(problems.jvms().implementations(jvm));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("problems");
        int number = 0;
        for (Problem problem : problems.mostUrgentFirst()) {
            write(++number, problem);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void writeCounts(Optional<HandshakeCounts> counted) throws IOException {
        if (counted.isEmpty()) {
            json.writeNullField("counted");
            return;
        }
        HandshakeCounts counts = counted.get();
        json.writeObjectFieldStart("counted");
        json.writeStringField("until", Times.iso(counts.timeNanos()));
        json.writeNumberField("connections", counts.connections());
        json.writeNumberField("completed", counts.completed());
        json.writeNumberField("failed", counts.failed());
        json.writeNumberField("failedAndOnlyCounted", counts.repeated());
        json.writeNumberField("eventsDropped", counts.dropped());
        json.writeEndObject();
    }

    /** What an agent before 0.2 did not tell is left out. */
    private void writeTls(List<TlsImplementation> implementations) throws IOException {
        if (implementations.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("tls");
        for (TlsImplementation each : implementations) {
            json.writeStartObject();
            json.writeStringField("class", each.className());
            json.writeStringField("kind", each.kind());
            json.writeStringField("source", each.source());
            json.writeStringField("provider", each.provider());
            json.writeStringField(
                    "captured",
                    each.visibility() == null ? null : each.visibility().text());
            json.writeStringField("reason", each.reason());
            json.writeStringField("since", Times.iso(each.sinceNanos()));
            json.writeBooleanField("beforeAttach", each.early());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(int number, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", number);
        json.writeStringField("role", problem.role().isEmpty() ? null : problem.role());
        json.writeStringField("actor", problem.actor().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("count", problem.count());
        json.writeObjectFieldStart("confidences");
        for (var entry : problem.confidences().entrySet()) {
            json.writeNumberField(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue());
        }
        json.writeEndObject();
        json.writeStringField("firstTime", Times.iso(problem.firstNanos()));
        json.writeStringField("lastTime", Times.iso(problem.lastNanos()));
        FindingJson.write(problem.finding(), json);
        write("peers", problem.peers());
        write("endpoints", problem.endpoints());
        write("processes", problem.processes());
        json.writeStringField("file", problem.file().toString());
        json.writeNumberField("connection", problem.connection());
        writeConnections(problem);
        json.writeEndObject();
    }

    private void writeConnections(Problem problem) throws IOException {
        List<Occurrence> occurrences = problem.occurrences();
        json.writeArrayFieldStart("connections");
        for (Occurrence at : occurrences) {
            json.writeStartObject();
            json.writeStringField("file", at.file().toString());
            json.writeNumberField("connection", at.connection());
            json.writeStringField("time", Times.iso(at.timeNanos()));
            json.writeStringField("peer", at.peer());
            json.writeStringField("confidence", at.confidence().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("connectionsLeftOut", problem.count() - occurrences.size());
    }

    private void write(String name, Tally tally) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("counts");
        for (Tally.Entry entry : tally.entries()) {
            json.writeStartObject();
            json.writeStringField("value", entry.value());
            json.writeNumberField("count", entry.count());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("others", tally.others());
        json.writeEndObject();
    }
}
