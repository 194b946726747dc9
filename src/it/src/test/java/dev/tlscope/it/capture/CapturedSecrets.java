package dev.tlscope.it.capture;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The secrets, proofs and hellos of one side of one connection. */
final class CapturedSecrets {
    /** Secrets that JSSE computes in a place that does not show the provider's service. */
    private static final Set<String> UNKNOWN_MAKER =
            Set.of("early_secret", "handshake_secret", "main_secret", "psk", "binder_key", "CLIENT_RANDOM");

    private final List<Event> events;

    CapturedSecrets(List<Event> events) {
        this.events = events;
    }

    /** Values in hex by label and base: each secret once, however often it was captured. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        for (Event secret : of(EventType.SECRET)) {
            String key = secret.text(Field.LABEL) + " of " + secret.text(Field.BASE);
            String value = HexFormat.of().formatHex(secret.bytes(Field.BYTES));
            String other = values.put(key, value);
            if (other != null && !other.equals(value)) {
                throw new AssertionError(key + " is both " + other + " and " + value);
            }
        }
        return values;
    }

    /** Labels of the secrets that lack the provider which they should name. */
    Set<String> withoutMaker() {
        Set<String> labels = new TreeSet<>();
        for (Event secret : of(EventType.SECRET)) {
            String label = secret.text(Field.LABEL);
            if (!UNKNOWN_MAKER.contains(label) && !(secret.has(Field.PROVIDER) && secret.has(Field.ALGORITHM))) {
                labels.add(label);
            }
        }
        return labels;
    }

    boolean has(String label) {
        return of(EventType.SECRET).stream().anyMatch(secret -> label.equals(secret.text(Field.LABEL)));
    }

    Event secret(String label) {
        return of(EventType.SECRET).stream()
                .filter(secret -> label.equals(secret.text(Field.LABEL)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + values().keySet()));
    }

    byte[] bytes(String label) {
        return secret(label).bytes(Field.BYTES);
    }

    byte[] bytes(String label, String base) {
        String hex = values().get(label + " of " + base);
        if (hex == null) {
            throw new AssertionError("no " + label + " of " + base + " in " + values().keySet());
        }
        return HexFormat.of().parseHex(hex);
    }

    List<Event> proofs() {
        return of(EventType.PROOF);
    }

    Event proof(String label) {
        return proofs().stream()
                .filter(proof -> label.equals(proof.text(Field.LABEL)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label));
    }

    List<Event> of(EventType type) {
        return events.stream().filter(event -> event.type() == type).toList();
    }

    /** The random of the first ClientHello (1) or ServerHello (2). */
    byte[] random(int helloType) {
        for (Event message : of(EventType.MESSAGE)) {
            byte[] bytes = message.bytes(Field.BYTES);
            if (message.number(Field.CONTENT_TYPE, 0) == 22 && bytes[0] == helloType) {
                return Arrays.copyOfRange(bytes, 6, 38);
            }
        }
        throw new AssertionError("no hello of type " + helloType);
    }
}
