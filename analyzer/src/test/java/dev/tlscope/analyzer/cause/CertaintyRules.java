package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What src/docs/confidence.md says about {@code certain}, as rules for every connection of a capture. The unit tests
 * check them on the captures in their resources, RawRefusalTest on those that it has just made.
 */
public final class CertaintyRules {
    /** JSSE's own texts, in which its checks state what they found. */
    private static final Set<Field> WORDS = Set.of(Field.EXCEPTION, Field.DIAGNOSTIC);

    private static final Set<Field> PLACE = Set.of(Field.FRAME);

    /**
     * What the operating system or this JVM's own socket reports is the fact itself, and these causes say no more than
     * that.
     */
    private static final Set<String> REPORTED =
            Set.of("handshake-timeout", "connection-reset", "peer-closed", "close-without-notify", "internal");

    /** What the wire itself shows, which is true whatever else was captured. */
    private static final Set<String> SHOWN = Set.of("plaintext-alert", "plaintext-peer", "plaintext-client");

    /** Parts without which an event is none. */
    private static final Set<Field> STRUCTURE = EnumSet.of(
            Field.DIRECTION,
            Field.EPOCH,
            Field.SEQUENCE,
            Field.CONTENT_TYPE,
            Field.ROLE,
            Field.TRANSPORT,
            Field.THREAD);

    private CertaintyRules() {}

    /** A sentence for every certain answer of a capture that breaks a rule; empty when none does. */
    public static List<String> broken(Path capture) {
        List<String> broken = new ArrayList<>();
        Set<String> kinds = new LinkedHashSet<>();
        SuiteCaptures.byConnection(capture).forEach((connection, events) -> {
            failed(capture, events)
                    .flatMap(handshake -> {
                        Finding finding = Causes.of(handshake);
                        return broken(capture, handshake, events, finding)
                                .or(() -> kinds.add(handshake.role() + finding.cause())
                                        ? fromAbsence(capture, events, finding)
                                        : Optional.empty());
                    })
                    .ifPresent(fault -> broken.add("connection " + connection + " of " + capture + ": " + fault));
        });
        return broken;
    }

    private static Optional<String> broken(Path capture, Handshake handshake, List<Event> events, Finding finding) {
        Set<CauseId> certain = certain(handshake);
        if (certain.size() > 1) {
            return Optional.of("more than one cause is certain: " + certain);
        }
        if (finding.confidence() != Confidence.CERTAIN) {
            return Optional.empty();
        }
        if (!REPORTED.contains(finding.cause().id()) && !isProven(capture, events, finding)) {
            return Optional.of("rests on one sign: " + finding);
        }
        if (finding.cause() == OwnKeyMismatch.KEY_MISMATCH
                && isSame(capture, AlteredEvents.withMatchingKeyPair(events), finding)) {
            return Optional.of("the same with a key pair that matches: " + finding);
        }
        boolean aboutTheProtocols = finding.cause() == NoCommonAlpn.NO_COMMON_ALPN;
        return isSame(capture, AlteredEvents.withOtherRefusal(events, aboutTheProtocols), finding)
                ? Optional.of("the same when JSSE refuses something else: " + finding)
                : Optional.empty();
    }

    private static Set<CauseId> certain(Handshake handshake) {
        Set<CauseId> certain = new LinkedHashSet<>();
        for (Cause cause : Causes.ORDER) {
            if (cause instanceof KnownRefusal && !certain.isEmpty()) {
                continue; // it names the check that refused, where no cause decides from more
            }
            cause.examine(handshake)
                    .filter(finding -> finding.confidence() == Confidence.CERTAIN)
                    .filter(finding -> Causes.agrees(handshake, finding))
                    .map(Finding::cause)
                    .filter(id -> id != Internal.INTERNAL) // it says who threw, and another cause why
                    .ifPresent(certain::add);
        }
        return certain;
    }

    /**
     * What was not captured proves nothing: without some of the evidence no other cause becomes certain. It takes long, and is asked once
     * for each cause at each role of a capture.
     */
    private static Optional<String> fromAbsence(Path capture, List<Event> events, Finding finding) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        Set<Field> fields = EnumSet.noneOf(Field.class);
        for (Event event : events) {
            types.add(event.type());
            for (int i = 0; i < event.size(); i++) {
                fields.add(event.field(i));
            }
        }
        types.removeAll(EnumSet.of(EventType.FAILURE, EventType.CONNECTION));
        fields.removeAll(STRUCTURE);
        return Stream.concat(
                        types.stream()
                                .map(type ->
                                        otherCertain(capture, AlteredEvents.withoutType(events, type), finding, type)),
                        fields.stream()
                                .map(field -> otherCertain(
                                        capture, AlteredEvents.withoutField(events, field), finding, field)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> otherCertain(Path capture, List<Event> events, Finding finding, Enum<?> absent) {
        return failed(capture, events)
                .map(Causes::of)
                .filter(other -> other.confidence() == Confidence.CERTAIN)
                .filter(other -> other.cause() != finding.cause())
                .filter(other -> !REPORTED.contains(other.cause().id())
                        && !SHOWN.contains(other.cause().id()))
                .map(other -> finding.cause() + " becomes certain " + other.cause() + " without " + absent + ": "
                        + other.summary());
    }

    private static boolean isProven(Path capture, List<Event> events, Finding finding) {
        return isProvenBy(
                () -> !isSame(capture, AlteredEvents.without(events, WORDS), finding),
                () -> !isSame(capture, AlteredEvents.without(events, PLACE), finding),
                () -> !isSame(capture, AlteredEvents.failureAlone(events), finding));
    }

    /**
     * @param words whether the answer changes without JSSE's text
     * @param place whether it changes without the stack
     * @param captured whether it changes with only the failure
     */
    static boolean isProvenBy(BooleanSupplier words, BooleanSupplier place, BooleanSupplier captured) {
        return captured.getAsBoolean() || (words.getAsBoolean() && place.getAsBoolean());
    }

    private static boolean isSame(Path capture, List<Event> events, Finding finding) {
        return failed(capture, events)
                .map(Causes::of)
                .filter(other -> other.cause() == finding.cause())
                .filter(other -> other.confidence() == finding.confidence())
                .isPresent();
    }

    /** The first handshake of the connection that failed. */
    private static Optional<Handshake> failed(Path capture, List<Event> events) {
        return SuiteCaptures.handshakes(capture, events).stream()
                .filter(Handshake::failed)
                .findFirst();
    }
}
