package dev.tlscope.cli;

import java.util.HashMap;
import java.util.Map;

/** How a JVM was started, as its jvmstat file shows it; the JVM itself is not asked. */
final class JvmSettings {
    private JvmSettings() {}

    /** java.home, where it is seen from here, and the options, one a line. */
    static Map<String, String> of(Jvm jvm) {
        PerfCounters counters = new Jvms().counters(jvm.pid);
        String home = counters == null ? null : counters.text("java.property.java.home");
        if (counters == null || home == null) {
            throw new CommandFailed(
                    "the JVM " + jvm.pid + " does not show how it was started (-XX:-UsePerfData, or OpenJ9);"
                            + " name its JDK and settings instead: --jdk, --truststore, ...");
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("java.home", jvm.seen(home).toString());
        String options = counters.text("java.rt.vmArgs");
        // the counter has spaces between options, and values may have spaces too: an option begins with a hyphen
        settings.put("options", options == null ? "" : options.replaceAll(" +(?=-)", "\n"));
        return settings;
    }
}
