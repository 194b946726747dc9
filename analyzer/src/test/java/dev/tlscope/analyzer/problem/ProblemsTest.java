package dev.tlscope.analyzer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Catalogue;
import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final Path FILE = Path.of("a.pcapng");
    private static final int INTERNAL_ERROR = 80;
    private static final int UNKNOWN_CA = 48;
    private static final CauseId UNTRUSTED = Catalogue.of("untrusted-chain").orElseThrow();
    private static final CauseId TIMEOUT = Catalogue.of("handshake-timeout").orElseThrow();

    private final CapturedJvms jvms = new CapturedJvms();
    private final Problems problems = new Problems(jvms);
    private final Handshakes handshakes = new Handshakes(FILE, this::add);

    @Test
    void countsWithPeersAndTimes() {
        fail(1, "server", "10.0.0.1:4001", "out", INTERNAL_ERROR);
        fail(2, "server", "10.0.0.1:4002", "out", INTERNAL_ERROR);
        fail(3, "server", "10.0.0.2:4003", "out", INTERNAL_ERROR);
        fail(4, "client", "10.0.0.9:443", "in", UNKNOWN_CA);
        handshakes.accept(new Event(EventType.HANDSHAKE, 5, 5).put(Field.PROTOCOL, "TLSv1.3"));
        handshakes.accept(new Event(EventType.CONNECTION, 6, 6).put(Field.ROLE, "client"));
        handshakes.end();

        assertThat(List.of(problems.all(), problems.failed(), problems.completed(), problems.unfinished()))
                .containsExactly(6L, 4L, 1L, 1L);
        List<Problem> found = problems.mostUrgentFirst();
        assertThat(found).hasSize(2);
        Problem client = found.get(0);
        assertThat(client.peers().entries()).containsExactly(new Tally.Entry("server 10.0.0.9:443", 1));
        assertThat(client.endpoints().entries()).containsExactly(new Tally.Entry("10.0.0.9:443", 1));
        Problem internal = found.get(1);
        assertThat(internal.finding().cause().id()).isEqualTo("internal");
        assertThat(internal.actor()).isEqualTo(Actor.US);
        assertThat(internal.count()).isEqualTo(3);
        assertThat(internal.connection()).isEqualTo(1);
        assertThat(internal.firstNanos()).isEqualTo(1001);
        assertThat(internal.lastNanos()).isEqualTo(3001);
        assertThat(internal.occurrences()).extracting(Occurrence::connection).containsExactly(1L, 2L, 3L);
        assertThat(internal.peers().entries())
                .containsExactly(new Tally.Entry("client 10.0.0.1", 2), new Tally.Entry("client 10.0.0.2", 1));
    }

    /** The later problem still occurred at the end, the other had ceased after a quarter of the time. */
    @Test
    void putsWhatStillOccursFirst() {
        failed("client", "a:443", 1, TIMEOUT, "wait");
        failed("client", "a:443", 2, TIMEOUT, "wait");
        failed("client", "b:443", 100, TIMEOUT, "wait");
        assertThat(problems.mostUrgentFirst()).extracting(Problem::count).containsExactly(1L, 2L);
        failed("client", "a:443", 90, TIMEOUT, "wait");
        assertThat(problems.mostUrgentFirst()).extracting(Problem::count).containsExactly(3L, 1L);
    }

    /** A client that retries until it is stopped gives its last attempt up, whatever made the others fail. */
    @Test
    void whatAClientGaveUpAtTheEndIsLast() {
        failed("client", "a:443", 1, TIMEOUT, "wait");
        givenUp("client", "a:443", 100);
        assertThat(problems.mostUrgentFirst())
                .extracting(problem -> problem.finding().cause().id())
                .containsExactly("handshake-timeout", "internal");
        givenUp("client", "b:443", 101);
        assertThat(problems.mostUrgentFirst())
                .extracting(problem -> problem.finding().cause().id())
                .containsExactly("internal", "handshake-timeout", "internal");
    }

    /** One import is the fix of both servers; another authority is another import. */
    @Test
    void aMissingAuthorityIsOneProblemWhereverItIsMet() {
        failed("client", "a:443", 1, UNTRUSTED, "If you do trust CN=one,O=x, import it.");
        failed("client", "b:443", 2, UNTRUSTED, "If you do trust CN=one,O=x, import it.");
        failed("client", "b:443", 3, UNTRUSTED, "If you do trust CN=two,O=x, import it.");
        assertThat(problems.mostUrgentFirst()).extracting(Problem::count).containsExactlyInAnyOrder(2L, 1L);
    }

    /** The same finding about two servers is two faults, neither of which is on this side. */
    @Test
    void whereThePeerHasToActEachServerIsAProblem() {
        failed("client", "a:443", 1, TIMEOUT, "Check whether the peer is overloaded.");
        failed("client", "a:443", 2, TIMEOUT, "Check whether the peer is overloaded.");
        failed("client", "b:443", 3, TIMEOUT, "Check whether the peer is overloaded.");
        failed("server", "c:50001", 4, TIMEOUT, "Check whether the peer is overloaded.");
        failed("server", "d:50002", 5, TIMEOUT, "Check whether the peer is overloaded.");
        assertThat(problems.mostUrgentFirst()).extracting(Problem::count).containsExactlyInAnyOrder(2L, 1L, 2L);
    }

    /** A time, a size and the port of a client differ from one connection to the next. */
    @Test
    void whatPassesIsNoOtherProblem() {
        failed("server", "c:50001", 1, TIMEOUT, "Look at c:50001 at 2026-11-24 07:21:40.156Z, 1311 bytes.");
        failed("server", "c:50002", 2, TIMEOUT, "Look at c:50002 at 2026-11-24 07:21:41.001Z, 1410 bytes.");
        assertThat(problems.mostUrgentFirst()).extracting(Problem::count).containsExactly(2L);
    }

    @Test
    void theFindingIsTheSurest() {
        failed("client", "a:443", 1, new Finding(TIMEOUT, Confidence.LIKELY, "s", List.of(), List.of("f")));
        failed("client", "a:443", 2, new Finding(TIMEOUT, Confidence.CERTAIN, "s", List.of(), List.of("f")));
        failed("client", "a:443", 3, new Finding(TIMEOUT, Confidence.POSSIBLE, "s", List.of(), List.of("f")));
        Problem problem = problems.mostUrgentFirst().get(0);
        assertThat(problem.finding().confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(problem.connection()).isEqualTo(2);
        assertThat(problem.confidences())
                .containsEntry(Confidence.CERTAIN, 1L)
                .containsEntry(Confidence.LIKELY, 1L)
                .containsEntry(Confidence.POSSIBLE, 1L);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 3_000; i++) {
            failed("client", "h" + i + ":443", i + 1, TIMEOUT, "wait");
        }
        List<Problem> found = problems.mostUrgentFirst();
        assertThat(found).hasSize(1_001);
        assertThat(found).extracting(Problem::count).contains(2_000L);
        assertThat(found.stream().mapToLong(Problem::count).sum()).isEqualTo(3_000);
        assertThat(found)
                .filteredOn(problem -> problem.count() == 2_000)
                .allSatisfy(rest -> assertThat(rest.occurrences()).hasSize(1_000));
    }

    @Test
    void remembersNoMoreThanABoundedNumberOfValues() {
        Tally tally = new Tally();
        for (int i = 0; i < 5_000; i++) {
            tally.add("value " + i);
        }
        tally.add("value 1");
        tally.add("x".repeat(1 << 20));
        assertThat(tally.entries()).hasSize(2_000).startsWith(new Tally.Entry("value 1", 2));
        assertThat(tally.others()).isEqualTo(3_001);
    }

    private void failed(String role, String peer, long connection, CauseId cause, String step) {
        failed(role, peer, connection, new Finding(cause, Confidence.LIKELY, "A sentence.", List.of(), List.of(step)));
    }

    private void givenUp(String role, String peer, long connection) {
        CauseId internal = Catalogue.of("internal").orElseThrow();
        failed(
                failure(connection, "out", INTERNAL_ERROR).put(Field.GIVEN_UP, "dropped"),
                connection(connection, role, peer),
                new Finding(internal, Confidence.LIKELY, "A sentence.", List.of(), List.of("look")));
    }

    private void failed(String role, String peer, long connection, Finding finding) {
        failed(failure(connection, "out", INTERNAL_ERROR), connection(connection, role, peer), finding);
    }

    private void failed(Event failure, Event opened, Finding finding) {
        List<Handshake> one = new ArrayList<>();
        Handshakes read = new Handshakes(FILE, one::add);
        read.accept(opened);
        read.accept(failure);
        read.end();
        problems.failed(one.get(0), finding);
    }

    private void fail(long connection, String role, String peer, String direction, int alert) {
        handshakes.accept(connection(connection, role, peer));
        handshakes.accept(failure(connection, direction, alert));
        handshakes.accept(new Event(EventType.CLOSED, connection, connection * 1000 + 2));
    }

    private static Event connection(long connection, String role, String peer) {
        return new Event(EventType.CONNECTION, connection, connection * 1000)
                .put(Field.ROLE, role)
                .put(Field.PEER, peer);
    }

    private static Event failure(long connection, String direction, int alert) {
        return new Event(EventType.FAILURE, connection, connection * 1000 + 1)
                .put(Field.DIRECTION, direction)
                .put(Field.ALERT, alert)
                .put(Field.EXCEPTION, "java.lang.IllegalStateException: none");
    }

    private void add(Handshake handshake) {
        if (handshake.failed()) {
            problems.failed(handshake, Causes.of(handshake));
        } else {
            problems.passed(handshake.completed() ? 1 : 0, handshake.completed() ? 0 : 1);
        }
    }
}
