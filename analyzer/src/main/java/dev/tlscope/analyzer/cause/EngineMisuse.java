package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.compare.RecordPair.Place;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * engine-misuse: an application lets several threads call SSLEngine.wrap on one engine and send what comes out. JSSE's own lock
 * keeps wrap itself apart (SSLEngineImpl.wrap), but not the sending after it, so that a record may overtake an earlier one:
 * javax.net.ssl.SSLEngine asks for the order to be kept.
 */
final class EngineMisuse {
    private static final String ID = "engine-misuse";

    private EngineMisuse() {}

    /** Two records of which the later one was sent first, wrapped by two threads. */
    record Race(String due, String early) {
        Finding finding(String side, List<Evidence> facts) {
            List<Evidence> evidence = new ArrayList<>(facts);
            evidence.add(3, new Evidence("record due wrapped by", "thread " + due));
            evidence.add(4, new Evidence("record received wrapped by", "thread " + early));
            return new Finding(
                            ID,
                            Confidence.LIKELY,
                            "The " + side
                                    + "'s application sends what one SSLEngine wrapped from two threads, and not in the"
                                    + " order in which it was wrapped.",
                            evidence,
                            steps())
                    .or(Candidate.possible(
                            "record-desync", "whether something between both ends takes TCP apart and reorders it"));
        }
    }

    /** What wrapped the record that came, and the one that was due; empty when that was one thread, or is not known. */
    static Optional<Race> between(Handshake sender, Place came, Place due) {
        Optional<String> early = thread(sender, came);
        Optional<String> late = thread(sender, due);
        return early.isPresent() && late.isPresent() && !early.equals(late)
                ? Optional.of(new Race(late.get(), early.get()))
                : Optional.empty();
    }

    /** Names of the threads that wrapped application data for this end, in their order; empty for a socket. */
    static Set<String> threads(Handshake handshake) {
        Set<String> names = new LinkedHashSet<>();
        for (Event event : handshake.events()) {
            String name = event.text(Field.THREAD);
            if (event.type() == EventType.RECORD
                    && event.number(Field.CONTENT_TYPE, 0) == ContentType.APPLICATION_DATA
                    && name != null
                    && !name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** The one end's capture, whose peer could not verify a record. */
    static Finding possible(Set<String> threads, List<Evidence> facts) {
        List<Evidence> evidence = new ArrayList<>(facts);
        evidence.add(0, new Evidence("wrapped by", "threads " + String.join(", ", threads)));
        return new Finding(
                ID,
                Confidence.POSSIBLE,
                "The peer could not verify a record of ours, although both sides' keys agree; " + threads.size()
                        + " threads wrap and send for this one SSLEngine.",
                evidence,
                steps());
    }

    private static List<String> steps() {
        return List.of(
                "Hold one lock per connection around SSLEngine.wrap and the write to the network that follows, or let one thread do"
                        + " both (javax.net.ssl.SSLEngine, section on concurrency).",
                "Give every wrap a buffer of its own, or send the buffer before the next wrap.");
    }

    private static Optional<String> thread(Handshake sender, Place place) {
        for (Event event : sender.events()) {
            if (event.type() == EventType.RECORD
                    && event.number(Field.EPOCH, -1) == place.epoch()
                    && event.number(Field.SEQUENCE, -1) == place.sequence()
                    && "out".equals(event.text(Field.DIRECTION))) {
                return Optional.ofNullable(event.text(Field.THREAD)).filter(name -> !name.isEmpty());
            }
        }
        return Optional.empty();
    }
}
