package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The captured secrets of one handshake, by label, in the order of capture. */
public final class Secrets {
    private final Map<String, List<Captured>> values = new LinkedHashMap<>();
    private final Map<String, Captured> transcriptHashes = new LinkedHashMap<>();

    /**
     * The secrets of a connection that name this client random, or none, and were captured between two times: a client
     * may repeat its random in a renegotiation, and each handshake has its own secrets.
     */
    static Secrets of(Handshake handshake, byte[] clientRandom, long fromNanos, long untilNanos) {
        Secrets secrets = new Secrets();
        for (Event event : handshake.events()) {
            String label = event.text(Field.LABEL);
            byte[] value = event.bytes(Field.BYTES);
            byte[] random = event.bytes(Field.CLIENT_RANDOM);
            if (event.type() == EventType.SECRET
                    && label != null
                    && value != null
                    && event.timeNanos() >= fromNanos
                    && event.timeNanos() < untilNanos
                    && (random == null || Arrays.equals(random, clientRandom))) {
                byte[] hash = event.bytes(Field.TRANSCRIPT_HASH);
                if (hash != null) {
                    secrets.transcriptHashes.putIfAbsent(label, new Captured(hash, event.timeNanos()));
                }
                List<Captured> same = secrets.values.computeIfAbsent(label, key -> new ArrayList<>());
                if (same.stream().noneMatch(known -> Arrays.equals(known.bytes(), value))) {
                    same.add(new Captured(value, event.timeNanos()));
                }
            }
        }
        return secrets;
    }

    /** The first secret with that label. */
    public Optional<byte[]> first(String label) {
        return all(label).stream().findFirst();
    }

    /** When the first secret with that label was captured; 0 when it was not. */
    long timeNanos(String label) {
        return captured(label).stream().findFirst().map(Captured::timeNanos).orElse(0L);
    }

    /** All secrets with that label; write keys, for instance, are derived once per epoch. */
    public List<byte[]> all(String label) {
        return captured(label).stream().map(Captured::bytes).toList();
    }

    /** All secrets with that label, with their times. */
    public List<Captured> captured(String label) {
        return values.getOrDefault(label, List.of());
    }

    /** The transcript hash from which the JVM derived the first secret with that label. */
    Optional<Captured> transcriptHash(String label) {
        return Optional.ofNullable(transcriptHashes.get(label));
    }

    /** The labels, in the order of capture. */
    public List<String> labels() {
        return List.copyOf(values.keySet());
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }
}
