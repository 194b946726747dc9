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
 * Turns a capture's events into handshakes, each handed on when its connection closes. Those that are open are held, up to
 * {@value #MOST_MEMORY} bytes of them: beyond that the ones that were silent longest are handed on as they are. What such a
 * connection does later is passed over, except that it fails: then it is handed on again, with what came since.
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

    /** Counts handshakes that nobody wants to look at. */
    public interface Passed {
        /**
         * One that did not fail.
         *
         * @param completed false when the capture ended before it was
         */
        void passed(boolean completed);
    }

    /** Hands on all handshakes of a capture. */
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
     * Hands them on before they are read.
     *
     * @param passed counts those that did not fail, of which no more than the heads of their events is looked at; null when they
     *     are to be handed on too
     */
    public static Handshakes unread(Path file, Consumer<? super UnreadHandshake> next, @Nullable Passed passed) {
        return new Handshakes(file, passed, MOST_MEMORY, next);
    }

    @Override
    public void accept(Event event) {
        take(CapturedEvent.of(event));
    }

    /** The same for an event where it lies, which is read if need be. */
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

    /** The capture ends: hands on what is still open. */
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

    /** The one that an event belongs to; null when it was handed on before and the event changes nothing. */
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
            if (passed == null || at.mayHaveFailed()) {
                next.accept(unread(at));
            } else {
                reuse(at);
            }
        }
        last = null;
    }

    private void handOn(OpenConnection at) {
        memory -= at.memory();
        if (passed == null || at.mayHaveFailed()) {
            next.accept(unread(at));
        } else {
            passed.passed(at.isCompleted());
            reuse(at);
        }
    }

    private UnreadHandshake unread(OpenConnection at) {
        return new UnreadHandshake(file, at, this::reuse);
    }

    /** On the thread that read it. */
    private void reuse(OpenConnection at) {
        if (at.isReusable()) {
            spare.offer(at);
        }
    }

    /** Of a connection that was handed on before it closed, and did not fail. */
    private void count(boolean completed) {
        if (passed != null) {
            passed.passed(completed);
        }
    }
}
