package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import java.util.Map;

/**
 * The JVM of a capture, as the file's first event describes it. Files of one attach have equal descriptions.
 *
 * @param host name of the host or container
 * @param pid process id as the JVM itself sees it
 * @param mainClass main class, or the jar that was started
 * @param sinceNanos when the agent was attached, nanoseconds since 1970-01-01T00:00:00Z
 * @param keepsAll whether completed handshakes are kept too
 */
public record CapturedJvm(String host, String pid, String mainClass, long sinceNanos, boolean keepsAll) {
    static CapturedJvm of(Event capture) {
        Map<String, String> values = NamedValues.of(capture);
        return new CapturedJvm(
                values.getOrDefault("host", "?"),
                values.getOrDefault("pid", "?"),
                values.getOrDefault("main", "?"),
                capture.timeNanos(),
                values.getOrDefault("option.keep", "").startsWith("all"));
    }

    /** {@code HOST PID MAIN}. */
    @Override
    public String toString() {
        return host + " " + pid + " " + mainClass;
    }
}
