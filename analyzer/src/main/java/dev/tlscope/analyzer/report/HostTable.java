package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each JVM of several has captured. */
final class HostTable {
    private final CapturedJvms jvms;
    private final Map<String, Counts> counts = new LinkedHashMap<>();

    private static final class Counts {
        private final CapturedJvm jvm;
        private long all;
        private long failed;

        Counts(CapturedJvm jvm) {
            this.jvm = jvm;
        }
    }

    HostTable(CapturedJvms jvms) {
        this.jvms = jvms;
    }

    void add(Handshake handshake) {
        CapturedJvm jvm = jvms.of(handshake.file());
        if (jvm != null) {
            Counts of = counts.computeIfAbsent(jvm.toString(), any -> new Counts(jvm));
            of.all++;
            of.failed += handshake.failed() ? 1 : 0;
        }
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("hosts");
        if (jvms.areSeveral()) {
            for (Counts of : counts.values()) {
                json.writeStartArray();
                json.writeString(of.jvm.host());
                json.writeString(of.jvm.pid());
                json.writeString(of.jvm.mainClass());
                json.writeNumber(of.all);
                json.writeNumber(of.failed);
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }
}
