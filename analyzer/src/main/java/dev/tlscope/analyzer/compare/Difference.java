package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.compare.RecordPair.Fate;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a difference between the two captures means.
 *
 * @param id stable: altered, dropped, reordered, repeated, lost, diverged, made-wrongly
 * @param text one sentence
 */
public record Difference(String id, String text) {
    /** All differences of a comparison, causes before their consequences; empty when there are none. */
    static List<Difference> of(Comparison comparison) {
        List<Difference> all = new ArrayList<>();
        comparison
                .firstMessage()
                .ifPresent(pair -> all.add(new Difference(
                        "altered",
                        "altered in transit: the " + pair.name()
                                + "; both ends hash other messages, and what they derive" + " from the hash differs")));
        for (boolean client : new boolean[] {true, false}) {
            comparison
                    .verification(client)
                    .wrongDerivation()
                    .ifPresent(check -> all.add(new Difference("diverged", derivation(side(client), check))));
        }
        boolean unexplained = all.isEmpty();
        comparison
                .firstSecret()
                .filter(pair -> unexplained)
                .ifPresent(pair -> all.add(new Difference(
                        "diverged",
                        "diverged derivation: the messages are the same, the " + pair.label()
                                + " is not; it is an input, or one was not captured")));
        records(comparison, true, all);
        records(comparison, false, all);
        return List.copyOf(all);
    }

    private static String derivation(String side, Check check) {
        return "diverged derivation: the " + side + "'s " + check.name() + " is not what its own "
                + (check.isTranscriptHash() ? "messages" : "inputs") + " give";
    }

    private static void records(Comparison comparison, boolean byClient, List<Difference> all) {
        String from = "record of the " + side(byClient) + ", ";
        comparison.firstRecord(byClient).ifPresent(pair -> {
            switch (pair.fate()) {
                case ALTERED ->
                    all.add(new Difference(
                            "altered",
                            "altered in transit: " + from + pair.place() + ", from byte " + pair.offset() + " on"));
                case REPEATED -> all.add(new Difference("repeated", "repeated in transit: " + from + pair.origin()));
                case MOVED -> all.add(moved(comparison, byClient, pair, from));
                default -> all.add(new Difference("dropped", "dropped in transit: " + from + pair.place()));
            }
        });
        boolean intact = comparison.firstRecord(byClient).isEmpty();
        comparison.lost(byClient).filter(lost -> intact).ifPresent(lost -> all.add(new Difference("lost", lost(lost))));
        Optional<RecordCheck> wrong = comparison.verification(byClient).wrongRecordSent();
        wrong.filter(record -> intact)
                .ifPresent(record -> all.add(new Difference(
                        "made-wrongly",
                        "made wrongly: a " + from + "number " + record.number()
                                + " has a wrong MAC or tag under its sender's own keys, and arrived as it was sent")));
    }

    private static String lost(LostMessage lost) {
        return "lost in transit: the " + side(lost.byClient()) + "'s " + lost.message()
                + " and what follows left it and did not arrive, while the " + side(!lost.byClient()) + " waited for "
                + Times.duration(lost.waitedNanos());
    }

    /** A record that is missing before the moved one may be lost or late: a receiver that failed reads no further. */
    private static Difference moved(Comparison comparison, boolean byClient, RecordPair moved, String from) {
        boolean lost = comparison.records().stream()
                .anyMatch(pair -> pair.byClient() == byClient && pair.fate() == Fate.DROPPED);
        return lost
                ? new Difference(
                        "dropped",
                        "dropped or overtaken in transit: " + from + moved.place() + "; " + moved.origin()
                                + " came in its place")
                : new Difference(
                        "reordered", "reordered in transit: " + from + moved.origin() + " came as " + moved.place());
    }

    private static String side(boolean client) {
        return client ? "client" : "server";
    }
}
