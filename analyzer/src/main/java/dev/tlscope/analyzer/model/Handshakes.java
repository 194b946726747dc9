package dev.tlscope.analyzer.model;

import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds handshakes from a capture's events, and delivers each when its connection closes. Open ones take up to {@value
 * #MOST_MEMORY} bytes; beyond that, those that were silent longest are delivered early. Later events of such a
 * connection are skipped, except for a failure: then the handshake is delivered again, with the later events.
 */
public final class Handshakes implements Consumer<Event> {
    static final long MOST_MEMORY = 64L << 20;

    private static final int MOST_SPARE = 256;

    private final Path file;
    private final Consumer<? super UnreadHandshake> next;
    private final @Nullable Passed passed;
    private final long mostMemory;
    private final Configurations configurations = new Configurations();
    private final Map<Long, OpenConnection> open = new HashMap<>();
    private final EvictedConnections handedOn = new EvictedConnections(this::count);
    private final Queue<OpenConnection> spare = new ArrayBlockingQueue<>(MOST_SPARE);
    private @Nullable OpenConnection last;
    private long memory;
    private long events;

    /** Counts handshakes that are not delivered. */
    public interface Passed {
        /**
         * A handshake that did not fail.
         *
         * @param completed false when the capture ended before the handshake completed
         */
        void passed(boolean completed);
    }

    /** Delivers all handshakes of a capture. */
    public Handshakes(Path file, Consumer<? super Handshake> next) {
        this(file, null, MOST_MEMORY, unread -> next.accept(unread.get()));
    }

    Handshakes(Path file, @Nullable Passed passed, long mostMemory, Consumer<? super UnreadHandshake> next) {
        this.file = file;
        this.next = next;
        this.passed = passed;
        this.mostMemory = mostMemory;
    }

    /**
     * Delivers the handshakes undecoded.
     *
     * @param passed counts handshakes that did not fail, of which only the event headers are read; null to deliver
     * these as well
     */
    public static Handshakes unread(Path file, Consumer<? super UnreadHandshake> next, @Nullable Passed passed) {
        return new Handshakes(file, passed, MOST_MEMORY, next);
    }

    @Override
    public void accept(Event event) {
        take(CapturedEvent.of(event));
    }

    /** Adds an event, decoding it only if necessary. */
    public void take(CapturedEvent event) {
        if (Configurations.isPart(event.type())) {
            configurations.add(event.event());
            return;
        }
        long connection = event.connection();
        if (connection == 0) {
            return;
        }
        OpenConnection at = last != null && last.number() == connection ? last : of(event);
        last = at;
        if (at == null) {
            return;
        }
        at.touch(++events);
        memory += at.add(event);
        if (event.type() == EventType.CLOSED) {
            open.remove(connection);
            last = null;
            handOn(at);
        } else if (memory > mostMemory) {
            makeRoom();
        }
    }

    /** Ends the capture: delivers the connections that are still open. */
    public void end() {
        open.values().stream()
                .sorted(Comparator.comparingLong(OpenConnection::number))
                .forEach(this::handOn);
        open.clear();
        handedOn.clear();
        spare.clear();
        last = null;
        memory = 0;
    }

    /** The connection of an event; null when it was delivered early and the event changes nothing. */
    private @Nullable OpenConnection of(CapturedEvent event) {
        OpenConnection at = open.get(event.connection());
        if (at == null && !handedOn.passesOver(event)) {
            at = spare.poll();
            at = at == null ? new OpenConnection(configurations) : at;
            at.begin(event.connection(), event.timeNanos());
            memory += at.memory();
            Event description = handedOn.remove(event.connection());
            if (description != null) {
                memory += at.add(CapturedEvent.of(description));
            }
            open.put(event.connection(), at);
        }
        return at;
    }

    private void makeRoom() {
        List<OpenConnection> longestSilent = new ArrayList<>(open.values());
        longestSilent.sort(Comparator.comparingLong(OpenConnection::touched));
        for (OpenConnection at : longestSilent) {
            if (memory <= mostMemory / 4 * 3) {
                break;
            }
            open.remove(at.number());
            memory -= at.memory();
            handedOn.add(at);
            if (passed == null || at.isWorthReading()) {
                next.accept(unread(at));
            } else {
                reuse(at);
            }
        }
        last = null;
    }

    private void handOn(OpenConnection at) {
        memory -= at.memory();
        if (passed == null || at.isWorthReading()) {
            next.accept(unread(at));
        } else {
            passed.passed(at.isCompleted());
            reuse(at);
        }
    }

    private UnreadHandshake unread(OpenConnection at) {
        return new UnreadHandshake(file, at, this::reuse);
    }

    /** Called on the thread that decoded it. */
    private void reuse(OpenConnection at) {
        if (at.isReusable()) {
            spare.offer(at);
        }
    }

    /** Counts a connection that was delivered early and did not fail. */
    private void count(boolean completed) {
        if (passed != null) {
            passed.passed(completed);
        }
    }
}
