package dev.tlscope.analyzer.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recomputed values of one negotiation, compared with the captured ones. Each value is checked against its own
 * inputs: after a difference, the schedule continues with the captured value, so that one wrong step marks one value.
 */
final class ScheduleChecks {
    private final Secrets secrets;
    private final List<Check> checks = new ArrayList<>();

    ScheduleChecks(Secrets secrets) {
        this.secrets = secrets;
    }

    void add(Check check) {
        checks.add(check);
    }

    /** Checks a secret and returns the captured value, or else the computed one. Adds no check if there is neither. */
    Optional<byte[]> secret(String label, byte @Nullable [] computed, String from) {
        byte[] captured = secrets.first(label).orElse(null);
        if (captured != null || computed != null) {
            checks.add(Check.compare(label, true, captured, computed, from).at(secrets.timeNanos(label)));
        }
        return Optional.ofNullable(captured != null ? captured : computed);
    }

    /**
     * Checks the transcript hash that a value depends on, and returns the captured one, or else the computed one.
     *
     * @param what the range of messages
     */
    Optional<byte[]> transcriptHash(String what, Optional<Captured> captured, Optional<byte[]> computed) {
        String name = Check.TRANSCRIPT_HASH + what;
        boolean known = checks.stream().anyMatch(check -> check.name().equals(name));
        if (!known && (captured.isPresent() || computed.isPresent())) {
            byte[] own = captured.map(Captured::bytes).orElse(null);
            add(Check.compare(name, false, own, computed.orElse(null), "")
                    .at(captured.map(Captured::timeNanos).orElse(0L)));
        }
        return captured.map(Captured::bytes).or(() -> computed);
    }

    /** Checks the transcript hash from which a secret was derived. */
    Optional<byte[]> transcriptHash(String what, String label, Optional<byte[]> computed) {
        return transcriptHash(what, secrets.transcriptHash(label), computed);
    }

    /** Adds a secret that is an input, which cannot be computed. */
    Optional<byte[]> input(String label) {
        return secret(label, null, "an input");
    }

    /** The value from an earlier step: the captured one, or else the computed one. */
    Optional<byte[]> value(String label) {
        return checks.stream()
                .filter(check -> check.name().equals(label))
                .findFirst()
                .map(check -> check.captured() != null ? check.captured() : check.computed());
    }

    boolean has(String label) {
        return secrets.first(label).isPresent();
    }

    /** The length of a captured secret. */
    Optional<Integer> length(String label) {
        return secrets.first(label).map(value -> value.length);
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }
}
