package dev.tlscope.analyzer.verify;

import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.PlainRecords;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.protection.RecordVerifier;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.schedule.HandshakeSignature;
import dev.tlscope.analyzer.schedule.KeySchedule;
import dev.tlscope.analyzer.schedule.Negotiation;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One captured connection, recomputed: every value of its key schedules, every proof, every record; each when it is asked for. */
public final class Verification {
    private static final String AFTER_FAILURE = "after the failure";

    private final Handshake handshake;
    private final List<Negotiation> negotiations;
    private final @Nullable Check hindrance;
    private @Nullable List<KeySchedule> schedules;
    private @Nullable List<Check> checks;
    private @Nullable List<RecordCheck> records;

    private Verification(Handshake handshake) {
        this.handshake = handshake;
        this.negotiations = Negotiation.of(handshake);
        this.hindrance = hindrance(handshake, negotiations);
    }

    /** Of all that the capture allows; nothing here throws for what a capture holds. */
    public static Verification of(Handshake handshake) {
        return handshake.derived().get(Verification.class, () -> new Verification(handshake));
    }

    public Handshake handshake() {
        return handshake;
    }

    /** In the order in which the values arise. */
    public synchronized List<Check> checks() {
        List<Check> known = checks;
        if (known == null) {
            known = List.copyOf(allChecks());
            checks = known;
        }
        return known;
    }

    /** In the order of their capture, those sent first. */
    public synchronized List<RecordCheck> records() {
        List<RecordCheck> known = records;
        if (known == null) {
            known = hindrance != null ? List.of() : allRecords();
            records = known;
        }
        return known;
    }

    /** The first value, or else the first record, that is not what it should be. */
    public Optional<String> firstDifference() {
        return checks().stream()
                .filter(check -> check.verdict() == Verdict.DIFFERS)
                .map(check -> check.name() + (followsFailure(check) ? ", " + AFTER_FAILURE : ""))
                .findFirst()
                .or(() -> records().stream()
                        .filter(record -> record.verdict() == Verdict.DIFFERS)
                        .findFirst()
                        .map(record -> "record " + record.number() + (record.sent() ? " sent" : " received")));
    }

    /**
     * The first value that this side derived and that its own inputs do not give. What it derived after its failure follows from
     * that: when a delegated task threw, and the application goes on, JSSE derives from the messages that came before.
     */
    public Optional<Check> wrongDerivation() {
        return wrongDerivations().filter(check -> !followsFailure(check)).findFirst();
    }

    /** The first record that this side sent with a wrong MAC or tag, though its keys are what they should be. */
    public Optional<RecordCheck> wrongRecordSent() {
        return wrongDerivations().findAny().isPresent()
                ? Optional.empty()
                : records().stream()
                        .filter(record -> record.sent() && !record.plain() && record.verdict() == Verdict.DIFFERS)
                        .findFirst();
    }

    /** Something could not be checked. */
    public boolean isPartial() {
        return checks().stream().anyMatch(check -> check.verdict() == Verdict.UNCHECKED)
                || records().stream().anyMatch(record -> record.verdict() == Verdict.UNCHECKED);
    }

    /** Why nothing is recomputed; null when something is. */
    private static @Nullable Check hindrance(Handshake handshake, List<Negotiation> negotiations) {
        String protocol = handshake.protocol();
        if (negotiations.isEmpty() || protocol == null) {
            return Check.unchecked("key schedule", "no handshake was captured up to its ServerHello");
        }
        return protocol.startsWith("DTLS") || protocol.equals("SSLv3")
                ? Check.unchecked("key schedule", protocol + " is not recomputed here")
                : null;
    }

    private synchronized List<KeySchedule> schedules() {
        List<KeySchedule> known = schedules;
        if (known == null) {
            known = hindrance != null
                    ? List.of()
                    : negotiations.stream().map(KeySchedule::of).toList();
            schedules = known;
        }
        return known;
    }

    private List<Check> allChecks() {
        if (hindrance != null) {
            return List.of(hindrance);
        }
        List<Check> all = new ArrayList<>();
        if (handshake.eventsLeftOut() > 0) {
            all.add(Check.unchecked(
                    "events after the first 4 MiB", handshake.eventsLeftOut() + " events of the connection"));
        }
        for (int i = 0; i < negotiations.size(); i++) {
            signature(negotiations.get(i), false).ifPresent(all::add);
            signature(negotiations.get(i), true).ifPresent(all::add);
            schedules().get(i).checks().forEach(check -> all.add(marked(check)));
        }
        return all;
    }

    private Stream<Check> wrongDerivations() {
        String ownFinished = handshake.role() + " Finished";
        // signatures are left out, which take longer than all the rest
        return schedules().stream()
                .flatMap(schedule -> schedule.checks().stream())
                .filter(check -> check.verdict() == Verdict.DIFFERS)
                .filter(check -> check.isTranscriptHash()
                        || check.secret()
                        || check.name().endsWith(Check.COMPUTED_HERE)
                        || check.name().equals(ownFinished));
    }

    private Check marked(Check check) {
        return check.verdict() == Verdict.DIFFERS && followsFailure(check) ? check.with(AFTER_FAILURE) : check;
    }

    private boolean followsFailure(Check check) {
        return handshake.hadFailed(check.timeNanos());
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

    private List<RecordCheck> allRecords() {
        PlainRecords plain = PlainRecords.of(handshake);
        RecordVerifier sent = new RecordVerifier(true, handshake.isClient(), negotiations, schedules(), plain);
        RecordVerifier received = new RecordVerifier(false, !handshake.isClient(), negotiations, schedules(), plain);
        for (Event event : handshake.events()) {
            if (event.type() == EventType.RECORD) {
                (event.isSent() ? sent : received).add(event);
            }
        }
        List<RecordCheck> all = new ArrayList<>(sent.checks());
        all.addAll(received.checks());
        return List.copyOf(all);
    }
}
