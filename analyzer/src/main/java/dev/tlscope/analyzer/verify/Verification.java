package dev.tlscope.analyzer.verify;

import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.PlainRecords;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.protection.RecordVerifier;
import dev.tlscope.analyzer.registry.SignatureSchemes;
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

/**
 * Recomputes one captured connection: all values of its key schedules, all proofs, all records, each at the first
 * request.
 */
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

    /** Recomputes what the capture allows; no content makes it throw. */
    public static Verification of(Handshake handshake) {
        return handshake.derived().get(Verification.class, () -> new Verification(handshake));
    }

    public Handshake handshake() {
        return handshake;
    }

    /** All values and proofs, in the order of derivation. */
    public synchronized List<Check> checks() {
        List<Check> known = checks;
        if (known == null) {
            known = List.copyOf(allChecks());
            checks = known;
        }
        return known;
    }

    /** All records in the order of capture, the sent ones first. */
    public synchronized List<RecordCheck> records() {
        List<RecordCheck> known = records;
        if (known == null) {
            known = hindrance != null ? List.of() : allRecords();
            records = known;
        }
        return known;
    }

    /** Describes the first value that differs, or else the first record. */
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
     * The first value that this side derived and that does not follow from its own inputs. Values derived after its
     * failure are not counted: when a delegated task threw and the application continued, JSSE derives from the
     * messages before that.
     */
    public Optional<Check> wrongDerivation() {
        return wrongDerivations().filter(check -> !followsFailure(check)).findFirst();
    }

    /**
     * False when the transcript hash from which a value follows was not captured: this JVM may then have hashed other messages than those
     * that were captured.
     */
    public boolean hasOwnTranscript(Check derived) {
        boolean known = true;
        for (KeySchedule schedule : schedules()) {
            for (Check check : schedule.checks()) {
                if (check.equals(derived)) {
                    return known;
                }
                known = check.isTranscriptHash() ? check.verdict() == Verdict.VERIFIED : known;
            }
        }
        return known;
    }

    /** The first record that this side sent with a wrong MAC or tag, although its keys are right. */
    public Optional<RecordCheck> wrongRecordSent() {
        return wrongDerivations().findAny().isPresent()
                ? Optional.empty()
                : records().stream()
                        .filter(record -> record.sent() && !record.plain() && record.verdict() == Verdict.DIFFERS)
                        .findFirst();
    }

    /** True when something could not be checked. */
    public boolean isPartial() {
        return checks().stream().anyMatch(check -> check.verdict() == Verdict.UNCHECKED)
                || records().stream().anyMatch(record -> record.verdict() == Verdict.UNCHECKED);
    }

    /** The reason why nothing can be recomputed; null if something can. */
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
        if (handshake.capturedEvents().leftOut() > 0) {
            all.add(Check.unchecked(
                    "events after the first 4 MiB",
                    handshake.capturedEvents().leftOut() + " events of the connection"));
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
        // Leaves out the signatures, which take longer than everything else.
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
        return handshake.result().hadFailed(check.timeNanos());
    }

    private static Optional<Check> signature(Negotiation negotiation, boolean byClient) {
        return HandshakeSignature.of(negotiation, byClient).map(signature -> {
            String name = (byClient ? "client " : "server ") + signature.message() + " signature";
            return SignatureScheme.of(signature.scheme())
                    .map(scheme -> Check.proof(
                            name, signature.verifies(), scheme.name().toLowerCase(Locale.ROOT)))
                    .orElseGet(() -> Check.unchecked(name, unknownScheme(signature)));
        });
    }

    private static String unknownScheme(HandshakeSignature signature) {
        return signature.scheme() < 0
                ? "this version of TLS has no scheme for a key of type "
                        + signature.certificate().getPublicKey().getAlgorithm()
                : "tlscope does not verify the scheme " + SignatureSchemes.nameOf(signature.scheme());
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
