package dev.tlscope.analyzer.model;

import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a capture's events into handshakes, each handed on when its connection closes. Those that are open are held, up to
 * {@value #MOST_MEMORY} bytes of them: beyond that the ones that were silent longest are handed on as they are. What such a
 * connection does later is passed over, except that it fails: then it is handed on again, with what came since.
 */
public final class Handshakes implements Consumer<Event> {
    static final long MOST_MEMORY = 64L << 20;

    private static final int MOST_SPARE = 64;

    private final Path file;
    private final Consumer<? super Handshake> next;
    private final @Nullable Passed passed;
    private final long mostMemory;
    private final Configurations configurations = new Configurations();
    private final Map<Long, OpenConnection> open = new LinkedHashMap<>(64, 0.75f, true);
    private final HandedOn handedOn = new HandedOn(this::count);
    private final List<OpenConnection> spare = new ArrayList<>();
    private @Nullable OpenConnection last;
    private long memory;

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
        this(file, next, null, MOST_MEMORY);
    }

    /**
     * Hands on the handshakes that failed, and counts the others, of which no more than the heads of their events is read.
     *
     * @param passed null when the others are to be handed on too
     */
    public Handshakes(Path file, Consumer<? super Handshake> next, @Nullable Passed passed) {
        this(file, next, passed, MOST_MEMORY);
    }

    Handshakes(Path file, Consumer<? super Handshake> next, @Nullable Passed passed, long mostMemory) {
        this.file = file;
        this.next = next;
        this.passed = passed;
        this.mostMemory = mostMemory;
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
        memory += at.add(event);
        if (event.type() == EventType.CLOSED) {
            open.remove(connection);
            end(at);
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
            at = spare.isEmpty() ? new OpenConnection(configurations) : spare.remove(spare.size() - 1);
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
        Iterator<OpenConnection> silent = open.values().iterator();
        while (memory > mostMemory / 4 * 3 && silent.hasNext()) {
            OpenConnection at = silent.next();
            silent.remove();
            handedOn.add(at);
            if (passed == null || at.mayHaveFailed()) {
                next.accept(at.build(file));
            }
            free(at);
        }
    }

    private void end(OpenConnection at) {
        handOn(at);
        free(at);
    }

    private void handOn(OpenConnection at) {
        if (passed == null || at.mayHaveFailed()) {
            next.accept(at.build(file));
        } else {
            passed.passed(at.isCompleted());
        }
    }

    /** Of a connection that was handed on before it closed, and did not fail. */
    private void count(boolean completed) {
        if (passed != null) {
            passed.passed(completed);
        }
    }

    private void free(OpenConnection at) {
        memory -= at.memory();
        if (last == at) {
            last = null;
        }
        if (spare.size() < MOST_SPARE && at.isReusable()) {
            spare.add(at);
        }
    }
}
