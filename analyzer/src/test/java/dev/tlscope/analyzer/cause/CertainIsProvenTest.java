package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks what src/docs/confidence.md says about {@code certain}, over all captures of the tests. A certain answer does
 * not rest on one fact: without the other captured events it is another answer, or the failure itself shows it twice,
 * by JSSE's text and by the place that threw it. If a captured value proves it, the opposite value does not.
 */
class CertainIsProvenTest {
    /** JSSE's own texts, in which its checks state what they found. */
    private static final Set<Field> WORDS = Set.of(Field.EXCEPTION, Field.DIAGNOSTIC);

    private static final Set<Field> PLACE = Set.of(Field.FRAME);

    /**
     * What the operating system or this JVM's own socket reports is the fact itself, and these causes say no more than
     * that.
     */
    private static final Set<String> REPORTED =
            Set.of("handshake-timeout", "connection-reset", "peer-closed", "close-without-notify", "internal");

    static Stream<Path> captures() throws IOException {
        return SuiteCaptures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void certainRestsOnMoreThanOneSign(Path capture) {
        SuiteCaptures.byConnection(capture).forEach((connection, events) -> {
            Optional<Finding> finding = explained(capture, events);
            if (finding.filter(found -> found.confidence() == Confidence.CERTAIN)
                    .filter(found -> !REPORTED.contains(found.cause().id()))
                    .isPresent()) {
                assertThat(isProven(capture, events, finding.get()))
                        .as("connection %d of %s rests on one sign: %s", connection, capture, finding.get())
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("captures")
    void theOppositeOfAProofChangesTheAnswer(Path capture) {
        SuiteCaptures.byConnection(capture).forEach((connection, events) -> {
            Optional<Finding> finding = explained(capture, events);
            boolean aboutThePair = finding.filter(found -> found.confidence() == Confidence.CERTAIN)
                    .filter(found -> found.cause() == OwnKeyMismatch.KEY_MISMATCH)
                    .isPresent();
            if (aboutThePair) {
                Optional<Finding> turned = explained(capture, changed(events, CertainIsProvenTest::matching));
                assertThat(isSame(turned, finding.get()))
                        .as("connection %d of %s, whose key pair matches", connection, capture)
                        .isFalse();
            }
        });
    }

    /** Shows that this test can fail: an answer that rests only on JSSE's text is not proven. */
    @Test
    void oneSignIsNoProof() {
        assertThat(isProvenBy(true, false, false)).isFalse();
        assertThat(isProvenBy(true, true, false)).isTrue();
        assertThat(isProvenBy(false, false, true)).isTrue();
    }

    private static boolean isProven(Path capture, List<Event> events, Finding finding) {
        boolean words = !isSame(explained(capture, without(events, WORDS)), finding);
        boolean place = !isSame(explained(capture, without(events, PLACE)), finding);
        boolean captured = !isSame(explained(capture, changed(events, CertainIsProvenTest::failureAlone)), finding);
        return isProvenBy(words, place, captured);
    }

    /**
     * @param words whether the answer changes without JSSE's text
     * @param place whether it changes without the stack
     * @param captured whether it changes with only the failure
     */
    private static boolean isProvenBy(boolean words, boolean place, boolean captured) {
        return captured || (words && place);
    }

    private static boolean isSame(Optional<Finding> answer, Finding finding) {
        return answer.filter(other -> other.cause() == finding.cause())
                .filter(other -> other.confidence() == finding.confidence())
                .isPresent();
    }

    private static Optional<Finding> explained(Path capture, List<Event> events) {
        List<Handshake> handshakes = new ArrayList<>();
        Handshakes reader = new Handshakes(capture, handshakes::add);
        events.forEach(event -> reader.take(CapturedEvent.of(event)));
        reader.end();
        return handshakes.stream().filter(Handshake::failed).findFirst().map(Causes::of);
    }

    private static List<Event> changed(List<Event> events, UnaryOperator<Event> change) {
        return events.stream().map(change).filter(event -> event.size() > 0).toList();
    }

    private static List<Event> without(List<Event> events, Set<Field> fields) {
        return changed(
                events, event -> event.type() == EventType.FAILURE ? copy(event, fields, Field.MATCH, "") : event);
    }

    /** Only the failure and the identity of the two ends. */
    private static Event failureAlone(Event event) {
        boolean kept = event.type() == EventType.FAILURE || event.type() == EventType.CONNECTION;
        return kept ? event : new Event(event.type(), event.connection(), event.timeNanos());
    }

    private static Event matching(Event event) {
        return event.type() == EventType.KEY_PAIR ? copy(event, Set.of(), Field.MATCH, "yes") : event;
    }

    /** Without some fields, and with another value of one. */
    private static Event copy(Event event, Set<Field> left, Field replaced, String value) {
        Event copy = new Event(event.type(), event.connection(), event.timeNanos());
        for (int i = 0; i < event.size(); i++) {
            Field field = event.field(i);
            Object old = event.value(i);
            if (left.contains(field)) {
                continue;
            }
            if (field == replaced) {
                copy.put(field, value);
            } else if (old instanceof String text) {
                copy.put(field, text);
            } else if (old instanceof Long number) {
                copy.put(field, number);
            } else {
                copy.put(field, (byte[]) old);
            }
        }
        return copy;
    }
}
