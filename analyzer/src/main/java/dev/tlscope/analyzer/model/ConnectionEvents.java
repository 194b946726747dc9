package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The captured events of a connection.
 *
 * @param all in the file's order, up to a memory limit: see {@link HandshakeBuilder}
 * @param leftOut number of events beyond that limit, which are in the file but not here
 * @param keyPairs KEY_PAIR events
 * @param premaster PREMASTER event
 */
public record ConnectionEvents(
        List<Event> all,
        long leftOut,
        List<Event> keyPairs,
        @Nullable Event premaster) {}
