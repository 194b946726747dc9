package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.Options;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;

/**
 * The JVM that the agent is in, as described in a capture's name and first event. It uses no name service and no JMX.
 */
final class TargetJvm {
    private final Instant since = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    private final String version = readVersion();
    private final String pid = readPid();

    String version() {
        return version;
    }

    String jdk() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    /** When the agent was attached, ISO-8601, whole seconds. */
    String since() {
        return since.toString();
    }

    /** {@code tlscope-HOST-PID-START-}. */
    String filePrefix(long startNanos) {
        String start = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochSecond(startNanos / 1_000_000_000L));
        return "tlscope-" + host() + "-" + pid + "-" + start + "-";
    }

    /** The capture's first event, which is also the audit record: it says who turned secrets on, when and how. */
    Event captureEvent(long startNanos, Options options, String how) {
        Event event = new Event(EventType.CAPTURE, 0, startNanos);
        pair(event, "version", version);
        pair(event, "pid", pid);
        pair(event, "host", host());
        pair(event, "user", System.getProperty("user.name", "?"));
        pair(event, "jdk", jdk());
        pair(event, "vm", System.getProperty("java.vm.name", "?"));
        pair(event, "main", System.getProperty("sun.java.command", "?").split(" ", 2)[0]);
        pair(event, "attached", how);
        for (Option option : Option.values()) {
            pair(event, "option." + option.key(), options.text(option) + " (" + options.origin(option) + ")");
        }
        return event;
    }

    private static void pair(Event event, String name, String value) {
        event.put(Field.NAME, name).put(Field.VALUE, value);
    }

    private static String host() {
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isEmpty()) {
            try {
                Path kernel = Paths.get("/proc/sys/kernel/hostname");
                name = new String(Files.readAllBytes(kernel), StandardCharsets.UTF_8).trim();
            } catch (IOException e) {
                name = System.getenv("COMPUTERNAME");
            }
        }
        return name == null || name.isEmpty() ? "localhost" : name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static String readPid() {
        try {
            return Files.readSymbolicLink(Paths.get("/proc/self")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            String name =
                    java.lang.management.ManagementFactory.getRuntimeMXBean().getName();
            return name.substring(0, Math.max(0, name.indexOf('@')));
        }
    }

    static String readVersion() {
        Properties properties = new Properties();
        ClassLoader loader = TargetJvm.class.getClassLoader();
        try (InputStream in = loader == null ? null : loader.getResourceAsStream("dev/tlscope/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // without a known version the event is still useful
        }
        return properties.getProperty("version", "unknown");
    }
}
