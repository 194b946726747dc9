package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.compare.RecordPair.Place;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
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
 * engine-misuse: several threads of an application call SSLEngine.wrap on one engine and send the result, or read from
 * the network and call SSLEngine.unwrap. JSSE's lock serializes the calls (SSLEngineImpl.wrap and unwrap), but not the
 * sending after a wrap and the reading before an unwrap, so that a record may overtake an earlier one;
 * javax.net.ssl.SSLEngine requires the application to keep the order. A single thread breaks it too, when it sends a
 * buffer twice or late, or clears or rewinds the buffer that it reads into.
 */
final class EngineMisuse {
    static final CauseId ENGINE_MISUSE = CauseId.of(
            "engine-misuse",
            FixedBy.EITHER,
            "An application drives one SSLEngine in several threads, and sends or unwraps in another order.",
            "with both captures the record that came early and the one that was due, wrapped by two"
                    + " threads of the sender, and where in the application, or addresses between which nothing"
                    + " terminates TCP; at the receiver, the threads that unwrapped; alone, the threads that wrapped",
            "Hold one lock around wrap and the write that follows it, and one around the read and unwrap, or let one thread"
                    + " do both.",
            "RFC 8446, 5.3");

    private static final int MOST_FRAMES = 3;

    private EngineMisuse() {}

    /**
     * Two threads passed records through one engine in the wrong order.
     *
     * @param summary what the application does
     * @param threads the threads, and what each did
     */
    record Race(String summary, List<Evidence> threads) {
        Finding finding(List<Evidence> facts) {
            List<Evidence> evidence = new ArrayList<>(facts);
            evidence.addAll(1, threads);
            return new Finding(ENGINE_MISUSE, Confidence.LIKELY, summary, evidence, steps())
                    .or(Candidate.possible(
                            RecordDesync.RECORD_DESYNC,
                            "whether something between both ends terminates TCP and reorders it"));
        }
    }

    /** What wrapped the received record, and the expected one; empty if one thread did both, or it is not known. */
    static Optional<Race> wrapped(Handshake sender, Place came, Place due) {
        Optional<Event> early = record(sender, came, true);
        Optional<Event> late = record(sender, due, true);
        return early.isPresent() && late.isPresent() && areOfTwoThreads(early.get(), late.get())
                ? Optional.of(new Race(
                        "The " + sender.role()
                                + "'s application sends what one SSLEngine wrapped from two threads, and not in the"
                                + " order in which it was wrapped.",
                        List.of(
                                thread("record due wrapped by", sender, late.get()),
                                thread("record received wrapped by", sender, early.get()))))
                : Optional.empty();
    }

    /**
     * What unwrapped the unexpected record, and the one before it; empty if one thread did both, or it is not known.
     */
    static Optional<Race> unwrapped(Handshake receiver, Place due) {
        Optional<Event> failed = record(receiver, due, false);
        Optional<Event> before = record(receiver, new Place(due.epoch(), due.sequence() - 1), false);
        return failed.isPresent() && before.isPresent() && areOfTwoThreads(failed.get(), before.get())
                ? Optional.of(new Race(
                        "The " + receiver.role()
                                + "'s application unwraps for one SSLEngine on two threads, and not in the order in which the"
                                + " records came.",
                        List.of(
                                thread("record before it unwrapped by", receiver, before.get()),
                                thread("record unwrapped by", receiver, failed.get()))))
                : Optional.empty();
    }

    /** Names of the threads that wrapped application data for this end, in order; empty for a socket. */
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

    /** The finding from the capture of one end, whose peer could not verify a record. */
    static Finding possible(Set<String> threads, List<Evidence> facts) {
        List<Evidence> evidence = new ArrayList<>(facts);
        evidence.add(0, new Evidence("wrapped by", "threads " + String.join(", ", threads)));
        return new Finding(
                ENGINE_MISUSE,
                Confidence.POSSIBLE,
                "The peer could not verify a record of ours, although both sides' keys agree; " + threads.size()
                        + " threads wrap and send for this one SSLEngine.",
                evidence,
                steps());
    }

    /**
     * How an application could change the order of records, at the sending or at the receiving end; empty for sockets.
     */
    static Optional<String> ofEither(Handshake sender, Handshake receiver) {
        String sent = "the " + sender.role()
                + "'s application does not send each buffer that its SSLEngine wrapped once and in order";
        String read = "the " + receiver.role()
                + "'s application does not hand each record that it reads to its SSLEngine once and in order";
        if (sender.isEngine()) {
            return Optional.of(receiver.isEngine() ? sent + ", or " + read : sent);
        }
        return receiver.isEngine() ? Optional.of(read) : Optional.empty();
    }

    /**
     * True where the application moves the records itself, or nothing lies between both ends that could change them: a
     * fault of the application's then comes before one of the network.
     */
    static boolean comesFirst(Handshake handshake) {
        return handshake.isEngine() || isOnOneHost(handshake);
    }

    /** True for a loopback address, and where both addresses are the same. */
    private static boolean isOnOneHost(Handshake handshake) {
        String local = handshake.local();
        String peer = handshake.peer();
        if (peer == null) {
            return false;
        }
        String host = host(peer);
        return host.startsWith("127.") || host.equals("[::1]") || (local != null && host.equals(host(local)));
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    /** What an application could do to the records that this end received. */
    static String ofReceived(Handshake receiver) {
        String peer = "whether the " + receiver.peerRole()
                + "'s application sends what its SSLEngine wraps once, unchanged and in order";
        return receiver.isEngine()
                ? "whether this side's application hands each record to its SSLEngine once, unchanged and in order; "
                        + peer
                : peer;
    }

    /**
     * The finding without proof where {@link #comesFirst}: the other two causes look the same.
     *
     * @param summary what does not verify
     */
    static Finding unproven(Handshake handshake, String summary, List<Evidence> facts) {
        List<Evidence> evidence = new ArrayList<>(facts);
        evidence.add(new Evidence(
                "why the application",
                handshake.isEngine()
                        ? "it moves the records between this side's SSLEngine and the network itself"
                        : "both ends are on one host (" + handshake.peer() + "), where no network changes a byte"));
        return new Finding(ENGINE_MISUSE, Confidence.POSSIBLE, summary, List.copyOf(evidence), steps());
    }

    /** A candidate that the capture of only a receiver does not exclude. */
    static Optional<Candidate> ofReceiver(Handshake receiver) {
        return receiver.isEngine()
                ? Optional.of(
                        Candidate.possible(
                                ENGINE_MISUSE,
                                "whether this side's application hands each record that it reads to its SSLEngine once and in order"))
                : Optional.empty();
    }

    /**
     * The finding from both ends' captures of a record that arrived out of order, on a connection without a proxy: TCP
     * keeps the order, so the record was sent or read out of order.
     *
     * @param how the result of {@link #ofEither}
     */
    static Finding outOfOrder(ConnectionPair ends, String how, List<Evidence> facts) {
        List<Evidence> evidence = new ArrayList<>(facts);
        evidence.add(
                1,
                new Evidence(
                        "between both ends",
                        "nothing that terminates TCP: both have the addresses "
                                + ends.client().local() + " and "
                                + ends.server().local() + ", and TCP keeps the order"));
        List<String> steps = new ArrayList<>(steps());
        steps.add("Keep what an unwrap leaves in the network buffer with compact: clear loses it, and rewind"
                + " passes it twice (SSLEngineResult.bytesConsumed).");
        return new Finding(
                        ENGINE_MISUSE,
                        Confidence.LIKELY,
                        Character.toUpperCase(how.charAt(0)) + how.substring(1) + ".",
                        evidence,
                        steps)
                .or(Candidate.possible(
                        RecordDesync.RECORD_DESYNC,
                        "whether something between both ends terminates TCP and keeps the addresses"));
    }

    private static List<String> steps() {
        return List.of(
                "Hold one lock per connection around SSLEngine.wrap and the write to the network that follows, and one around the"
                        + " read and SSLEngine.unwrap, or let one thread do both (javax.net.ssl.SSLEngine, section on"
                        + " concurrency).",
                "Give every wrap a buffer of its own, or send the buffer before the next wrap.");
    }

    private static boolean areOfTwoThreads(Event one, Event other) {
        String first = one.text(Field.THREAD);
        String second = other.text(Field.THREAD);
        return first != null && second != null && !first.isEmpty() && !second.isEmpty() && !first.equals(second);
    }

    /**
     * The thread's name, and where the application called: for that record, or for another one in the same direction.
     */
    private static Evidence thread(String what, Handshake handshake, Event record) {
        String name = String.valueOf(record.text(Field.THREAD));
        String stack = "";
        for (Event event : handshake.events()) {
            boolean same = event.type() == EventType.RECORD
                    && name.equals(event.text(Field.THREAD))
                    && record.isSent() == event.isSent();
            if (event == record || (same && stack.isEmpty())) {
                String frames = Frames.innermostOfApplication(event.texts(Field.FRAME), MOST_FRAMES);
                stack = frames.isEmpty() ? stack : frames;
            }
        }
        return new Evidence(what, "thread " + name + (stack.isEmpty() ? "" : ", at " + stack));
    }

    private static Optional<Event> record(Handshake handshake, Place place, boolean sent) {
        return handshake.events().stream()
                .filter(event -> event.type() == EventType.RECORD
                        && event.number(Field.EPOCH, -1) == place.epoch()
                        && event.number(Field.SEQUENCE, -1) == place.sequence()
                        && sent == event.isSent())
                .findFirst();
    }
}
