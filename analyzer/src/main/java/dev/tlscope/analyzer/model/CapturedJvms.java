package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JVMs of some captures, and their agents' counts. Receives the events of connection 0. */
public final class CapturedJvms {
    /** Real inputs have a few; a limit for hostile ones. */
    private static final int MOST = 10_000;

    private final Map<Path, CapturedJvm> byFile = new HashMap<>();
    private final Map<CapturedJvm, HandshakeCounts> counts = new LinkedHashMap<>();
    private final Map<CapturedJvm, Map<List<String>, TlsImplementation>> implementations = new HashMap<>();

    /** Adds an event of a capture. */
    public void add(Path file, Event event) {
        if (event.type() == EventType.CAPTURE && byFile.size() < MOST) {
            byFile.putIfAbsent(file, CapturedJvm.of(event));
        } else if (event.type() == EventType.IMPLEMENTATION) {
            CapturedJvm jvm = byFile.get(file);
            if (jvm != null) {
                add(jvm, TlsImplementation.of(event));
            }
        } else if (event.type() == EventType.NOTE && event.connection() == 0) {
            CapturedJvm jvm = byFile.get(file);
            if (jvm != null) {
                HandshakeCounts.of(event)
                        .ifPresent(found -> counts.merge(jvm, found, (a, b) -> a.timeNanos() > b.timeNanos() ? a : b));
            }
        }
    }

    /** With what a JVM did TLS, in the order in which it was seen. */
    public List<TlsImplementation> implementations(CapturedJvm jvm) {
        return List.copyOf(implementations.getOrDefault(jvm, Map.of()).values());
    }

    /** The JVM of a capture; null when the file does not say. */
    public @Nullable CapturedJvm of(Path file) {
        return byFile.get(file);
    }

    /** All JVMs, without duplicates, in no particular order. */
    public Set<CapturedJvm> all() {
        return new LinkedHashSet<>(byFile.values());
    }

    /** True when there is more than one process, so that output must name the process. */
    public boolean areSeveral() {
        return byFile.values().stream()
                        .map(jvm -> List.of(jvm.host(), jvm.pid(), jvm.mainClass()))
                        .distinct()
                        .count()
                > 1;
    }

    /** True when a capture contains only failures, so that its connections do not show the total. */
    public boolean leaveOutCompleted() {
        return byFile.values().stream().anyMatch(jvm -> !jvm.keepsAll());
    }

    private void add(CapturedJvm jvm, TlsImplementation implementation) {
        Map<List<String>, TlsImplementation> known = implementations.computeIfAbsent(jvm, any -> new LinkedHashMap<>());
        if (known.size() < MOST) {
            known.put(List.of(implementation.className(), implementation.source()), implementation);
        }
    }

    /** The sum of the agents' counts; empty unless they are known for every JVM. */
    public Optional<HandshakeCounts> counted() {
        return counts.keySet().containsAll(all())
                ? counts.values().stream().reduce(HandshakeCounts::plus)
                : Optional.empty();
    }
}
