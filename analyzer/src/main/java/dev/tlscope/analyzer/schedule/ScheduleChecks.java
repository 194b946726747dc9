package dev.tlscope.analyzer.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of one negotiation as they are recomputed, beside the captured ones. Each value is judged by its own inputs: where
 * captured and computed differ, the schedule goes on from the captured one, so that one wrong step marks one value.
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

    /** A secret under its label; gives the captured value, else the computed one. A value that is neither is not listed. */
    Optional<byte[]> secret(String label, byte @Nullable [] computed, String from) {
        byte[] captured = secrets.first(label).orElse(null);
        if (captured != null || computed != null) {
            checks.add(Check.compare(label, true, captured, computed, from).at(secrets.timeNanos(label)));
        }
        return Optional.ofNullable(captured != null ? captured : computed);
    }

    /**
     * The transcript hash that goes into a value: the JVM's own where it was captured, else the recomputed one.
     *
     * @param what from which message to which
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

    /** The one that a secret was derived with. */
    Optional<byte[]> transcriptHash(String what, String label, Optional<byte[]> computed) {
        return transcriptHash(what, secrets.transcriptHash(label), computed);
    }

    /** A secret that is an input: nothing to compute it from. */
    Optional<byte[]> input(String label) {
        return secret(label, null, "an input");
    }

    /** The value that an earlier step settled: captured, else computed. */
    Optional<byte[]> value(String label) {
        return checks.stream()
                .filter(check -> check.name().equals(label))
                .findFirst()
                .map(check -> check.captured() != null ? check.captured() : check.computed());
    }

    boolean has(String label) {
        return secrets.first(label).isPresent();
    }

    /** The captured secret's length. */
    Optional<Integer> length(String label) {
        return secrets.first(label).map(value -> value.length);
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }
}
