package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.problem.Parties;
import dev.tlscope.tls.AlertDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of the page's table and plots: columns of numbers, and the texts that some of these refer to. */
final class Rows {
    private static final int COMPLETED = 0;
    private static final int FAILED = 1;
    private static final int UNFINISHED = 2;

    private final Strings strings = new Strings();
    private final List<Column> columns = new ArrayList<>();
    private final Column time = column("time");
    private final Column duration = column("duration");
    private final Column role = column("role");
    private final Column local = column("local");
    private final Column peer = column("peer");
    private final Column group = column("group");
    private final Column sni = column("sni");
    private final Column protocol = column("protocol");
    private final Column suite = column("suite");
    private final Column alpn = column("alpn");
    private final Column outcome = column("outcome");
    private final Column cause = column("cause");
    private final Column summary = column("summary");
    private final Column problem = column("problem");
    private final Column alert = column("alert");
    private final Column file = column("file");
    private final Column connection = column("connection");
    private final Column detail = column("detail");
    private final Column recomputed = column("recomputed");

    /**
     * Adds a connection.
     *
     * @param problemId of its problem; -1 when it did not fail
     * @param fileNumber index of its capture among the page's captures
     */
    void add(Handshake handshake, @Nullable Finding finding, int problemId, int fileNumber, Details.Place details) {
        time.add(Math.floorDiv(handshake.timeNanos(), 1_000_000L));
        duration.add(Math.max(-1, handshake.durationNanos().orElse(-1_000L) / 1000));
        role.add(handshake.isClient() ? 0 : 1);
        local.add(strings.number(handshake.local()));
        peer.add(strings.number(handshake.peer()));
        group.add(strings.number(Parties.peer(handshake)));
        sni.add(strings.number(handshake.serverName()));
        protocol.add(strings.number(handshake.protocol()));
        suite.add(strings.number(handshake.cipherSuite()));
        alpn.add(strings.number(handshake.applicationProtocol().orElse(null)));
        outcome.add(handshake.failed() ? FAILED : handshake.completed() ? COMPLETED : UNFINISHED);
        cause.add(strings.number(finding == null ? null : finding.cause().id()));
        summary.add(strings.number(finding == null ? null : finding.summary()));
        problem.add(problemId);
        alert.add(strings.number(handshake.failed() ? alert(handshake) : null));
        file.add(fileNumber);
        connection.add(handshake.connection());
        detail.add(details.number());
        recomputed.add(details.recomputed().code());
    }

    int size() {
        return time.size();
    }

    void write(JsonGenerator json) throws IOException {
        long start = size() == 0 ? 0 : Long.MAX_VALUE;
        for (int row = 0; row < size(); row++) {
            start = Math.min(start, time.get(row));
        }
        json.writeNumberField("start", start);
        json.writeArrayFieldStart("strings");
        for (String text : strings.texts()) {
            json.writeString(text);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("columns");
        for (Column column : columns) {
            column.write(json, column == time ? start : 0);
        }
        json.writeEndObject();
    }

    private static String alert(Handshake handshake) {
        return handshake.alert() < 0
                ? "no alert"
                : (handshake.alertReceived() ? "received " : "raised ") + AlertDescription.nameOf(handshake.alert());
    }

    private Column column(String name) {
        Column column = new Column(name);
        columns.add(column);
        return column;
    }
}
