package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One captured connection, recomputed: every value of its key schedules, every proof, every record.
 *
 * @param checks in the order in which the values arise
 * @param records in the order of their capture
 */
public record Verification(Handshake handshake, List<Check> checks, List<RecordCheck> records) {
    /** Does all that the capture allows; never throws for what a capture holds. */
    public static Verification of(Handshake handshake) {
        List<Negotiation> negotiations = Negotiation.of(handshake);
        List<Check> checks = new ArrayList<>();
        String protocol = handshake.protocol();
        if (negotiations.isEmpty() || protocol == null) {
            checks.add(Check.unchecked("key schedule", "no handshake was captured up to its ServerHello"));
            return new Verification(handshake, List.copyOf(checks), List.of());
        }
        if (protocol.startsWith("DTLS") || protocol.equals("SSLv3")) {
            checks.add(Check.unchecked("key schedule", protocol + " is not recomputed here"));
            return new Verification(handshake, List.copyOf(checks), List.of());
        }
        if (handshake.eventsLeftOut() > 0) {
            checks.add(Check.unchecked(
                    "events after the first 4 MiB", handshake.eventsLeftOut() + " events of the connection"));
        }
        List<KeySchedule> schedules = new ArrayList<>();
        for (Negotiation negotiation : negotiations) {
            KeySchedule schedule = KeySchedule.of(negotiation);
            schedules.add(schedule);
            signature(negotiation, false).ifPresent(checks::add);
            signature(negotiation, true).ifPresent(checks::add);
            checks.addAll(schedule.checks());
        }
        return new Verification(handshake, List.copyOf(checks), records(handshake, negotiations, schedules));
    }

    /** The first value, or else the first record, that is not what it should be. */
    public Optional<String> firstDifference() {
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.DIFFERS)
                .map(Check::name)
                .findFirst()
                .or(() -> records.stream()
                        .filter(record -> record.verdict() == Verdict.DIFFERS)
                        .findFirst()
                        .map(record -> "record " + record.number() + (record.sent() ? " sent" : " received")));
    }

    /** The first value that this side derived and that its own inputs do not give. */
    public Optional<Check> wrongDerivation() {
        String ownFinished = handshake.role() + " Finished";
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.DIFFERS)
                .filter(check -> check.isTranscriptHash()
                        || check.secret()
                        || check.name().endsWith(Check.COMPUTED_HERE)
                        || check.name().equals(ownFinished))
                .findFirst();
    }

    /** The first record that this side sent with a wrong MAC or tag, though its keys are what they should be. */
    public Optional<RecordCheck> wrongRecordSent() {
        return wrongDerivation().isPresent()
                ? Optional.empty()
                : records.stream()
                        .filter(record -> record.sent() && record.verdict() == Verdict.DIFFERS)
                        .findFirst();
    }

    /** Something could not be checked. */
    public boolean isPartial() {
        return checks.stream().anyMatch(check -> check.verdict() == Verdict.UNCHECKED)
                || records.stream().anyMatch(record -> record.verdict() == Verdict.UNCHECKED);
    }

    private static Optional<Check> signature(Negotiation negotiation, boolean byClient) {
        return HandshakeSignature.of(negotiation, byClient)
                .map(signature -> Check.proof(
                        (byClient ? "client " : "server ") + signature.message() + " signature",
                        signature.verifies(),
                        SignatureScheme.of(signature.scheme())
                                .map(scheme -> scheme.name().toLowerCase(Locale.ROOT))
                                .orElse("unknown scheme " + signature.scheme())));
    }

    private static List<RecordCheck> records(
            Handshake handshake, List<Negotiation> negotiations, List<KeySchedule> schedules) {
        RecordWalk sent = new RecordWalk(true, handshake.isClient(), negotiations, schedules);
        RecordWalk received = new RecordWalk(false, !handshake.isClient(), negotiations, schedules);
        for (Event event : handshake.events()) {
            if (event.type() == EventType.RECORD) {
                ("out".equals(event.text(Field.DIRECTION)) ? sent : received).add(event);
            }
        }
        List<RecordCheck> all = new ArrayList<>(sent.checks());
        all.addAll(received.checks());
        return List.copyOf(all);
    }
}
