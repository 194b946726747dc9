package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.evidence.TcpProbe;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.EngineEnding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * handshake-timeout, internal: the application above an SSLEngine abandoned the handshake without reporting it to JSSE,
 * and the peer had not ended the connection, as far as the capture shows.
 */
final class GivenUp {
    /** Messages that end a flight, so that the receiver has to send next (RFC 8446, 2; RFC 5246, 7.3). */
    private static final Set<HandshakeType> END_OF_FLIGHT =
            Set.of(HandshakeType.CLIENT_HELLO, HandshakeType.SERVER_HELLO_DONE, HandshakeType.FINISHED);

    private static final int FRAMES = 4;

    /** No timeout is shorter, in nanoseconds. */
    private static final long SHORTEST_TIMEOUT = 250_000_000L;

    private static final String SOCKET_UNSEEN = "the application's own exception: its socket is not the JDK's";

    private final Handshake handshake;
    private final Optional<Message> last;
    private final Optional<Message> closing;

    GivenUp(Handshake handshake) {
        this.handshake = handshake;
        List<Message> said = handshake.messages().stream()
                .filter(message -> message.contentType() != ContentType.ALERT)
                .toList();
        this.last = said.isEmpty() ? Optional.empty() : Optional.of(said.get(said.size() - 1));
        this.closing = EngineEnding.ownClosing(handshake);
    }

    Finding finding() {
        Optional<String> refusal = noTls();
        if (refusal.isPresent()) {
            return plaintext(refusal.get());
        }
        return isOurTurn() ? stopped() : peersTurn();
    }

    /** The engine's state shows what it waited for; captures of earlier agents have only the last message. */
    private boolean isOurTurn() {
        Event failure = handshake.failure();
        String status = failure == null ? null : failure.text(Field.ENGINE_STATUS);
        return status != null
                ? !status.equals("NEED_UNWRAP")
                : last.filter(message ->
                                !message.sent() && END_OF_FLIGHT.stream().anyMatch(message::is))
                        .isPresent();
    }

    /** The frame of Netty's SslHandler that gives up where the first bytes are no TLS record's, without asking its engine. */
    private Optional<String> noTls() {
        List<String> frames = handshake.frames();
        for (int i = 1; i < frames.size(); i++) {
            if (frames.get(i).contains("io.netty.handler.ssl.SslHandler.decodeJdkCompatible(")
                    && frames.get(i - 1).contains(".SslHandler.setHandshakeFailure(")) {
                return Optional.of(frames.get(i));
            }
        }
        return Optional.empty();
    }

    private Finding plaintext(String frame) {
        boolean client = handshake.isClient();
        List<Evidence> evidence = new ArrayList<>(facts());
        evidence.add(0, new Evidence("rejected as not TLS by", frame));
        return new Finding(
                client ? PlaintextPeer.PLAINTEXT_PEER : PlaintextPeer.PLAINTEXT_CLIENT,
                Confidence.LIKELY,
                "What the " + handshake.peerRole()
                        + " sent is not a TLS record; Netty's SslHandler rejected it before its engine.",
                evidence,
                client
                        ? List.of(
                                "Check that host and port are those of a TLS service, or turn TLS off in this client"
                                        + " (http://, usePlaintext() of gRPC).",
                                "Read the application's NotSslRecordException: it has the first bytes in hexadecimal. 485454502f is"
                                        + " HTTP/, 000012040000 or another ...0400 HTTP/2 without TLS.")
                        : List.of(
                                "Read the application's NotSslRecordException: it has the first bytes in hexadecimal.",
                                "Find out which client it is by its address: a health check, a port scan, a client without"
                                        + " TLS."));
    }

    private Finding stopped() {
        Event failure = handshake.failure();
        String state = failure == null ? null : failure.text(Field.TASK_STATE);
        if (failure != null && state != null) {
            return task(failure, state);
        }
        if (failure != null && "NEED_WRAP".equals(failure.text(Field.ENGINE_STATUS))) {
            return new Finding(
                    Internal.INTERNAL,
                    Confidence.LIKELY,
                    "This side gave up the handshake with messages that its SSLEngine had made and the"
                            + " application had not wrapped: "
                            + how() + ".",
                    facts(),
                    List.of(
                            "The engine was at NEED_WRAP: find out why the application did not call wrap, or what it did"
                                    + " with a BUFFER_OVERFLOW of the buffer that it gave."));
        }
        return stoppedAfter();
    }

    private Finding task(Event failure, String state) {
        List<Evidence> all = new ArrayList<>(facts());
        String stack = Frames.innermostOfApplication(failure.texts(Field.TASK_FRAME), FRAMES);
        failure.texts(Field.TASK_FRAME).stream()
                .limit(FRAMES)
                .forEach(frame -> all.add(new Evidence("delegated task is at", frame)));
        if (!stack.isEmpty()) {
            all.add(0, new Evidence("delegated task is in the application's", stack));
        }
        return new Finding(
                Internal.INTERNAL,
                Confidence.LIKELY,
                "This side gave up the handshake while its SSLEngine waited for a delegated task, after the"
                        + " peer's "
                        + handshake.last(false) + ": "
                        + switch (state) {
                            case "running" -> "the task had begun and had not ended";
                            case "taken" -> "the application had taken it and not run it";
                            default -> "the application had not asked for it";
                        }
                        + "; " + how() + ".",
                List.copyOf(all),
                List.of(
                        switch (state) {
                            case "running" ->
                                "Look at what the task's stack waits for: a trust manager that waits for a network, a key in"
                                        + " an HSM, a lock.";
                            case "taken" ->
                                "Find out why the executor did not run it: no free thread, a queue that is full, a shutdown.";
                            default ->
                                "At NEED_TASK the application has to call getDelegatedTask and run what it returns, until that is null.";
                        }));
    }

    private Finding stoppedAfter() {
        return new Finding(
                Internal.INTERNAL,
                Confidence.LIKELY,
                "This side gave up the handshake when it was its own turn, after the peer's " + handshake.last(false)
                        + ": " + how() + ".",
                facts(),
                List.of(
                        "Find out why the application stopped driving its SSLEngine: a delegated task that was not"
                                + " run or hung, an executor without a free thread, a shutdown.",
                        "If it was a timeout, find out what took the time: a trust manager that waits for a network,"
                                + " a key in an HSM."));
    }

    private Finding peersTurn() {
        Finding finding = waited() >= SHORTEST_TIMEOUT ? patient() : isTimer() ? late() : hasty();
        if (handshake.firstReceived() == null) {
            finding = finding.or(Candidate.possible(
                    handshake.isClient() ? PlaintextPeer.PLAINTEXT_PEER : PlaintextPeer.PLAINTEXT_CLIENT,
                    "whether the application withheld bytes that were not TLS from the engine"));
        }
        return EngineEnding.isSocketSeen(handshake)
                ? finding
                : finding.or(
                        Candidate.possible(ConnectionLost.CONNECTION_RESET, SOCKET_UNSEEN),
                        Candidate.possible(ConnectionLost.PEER_CLOSED, SOCKET_UNSEEN));
    }

    private Finding hasty() {
        return new Finding(
                Internal.INTERNAL,
                confidence(),
                "This side gave up the handshake itself, before any timeout: " + how() + ".",
                facts(),
                List.of(
                        "Look for what closes it: a cancelled task, a shutdown, a connection limit, bytes that the"
                                + " application took for something other than TLS.",
                        "Read the application's own exception: it has the reason."));
    }

    /**
     * A timer that started with the handshake expired right after this side had read the message that it waited for.
     */
    private boolean isTimer() {
        return silence() >= SHORTEST_TIMEOUT
                && Frames.scheduledTask(handshake.frames()).isPresent();
    }

    private Finding late() {
        return new Finding(
                        ConnectionLost.HANDSHAKE_TIMEOUT,
                        confidence(),
                        "A timer of this side expired, and it gave up the handshake: " + how()
                                + ". Before that it had read nothing for " + Times.duration(silence())
                                + ", so that the peer answered late, or the answer waited in the socket while this side's"
                                + " event loop was blocked.",
                        facts(),
                        List.of(
                                "Check whether something blocks the thread that reads: an event loop must not run blocking"
                                        + " code.",
                                "Compare with the peer's capture or log when it answered."))
                .or(Candidate.possible(
                        Internal.INTERNAL, "whether the timer belongs to something other than the handshake"));
    }

    /** The longest time, in nanoseconds, between two messages of the handshake. */
    private long silence() {
        long longest = 0;
        long before = 0;
        for (Message message : handshake.messages()) {
            longest = before == 0 ? longest : Math.max(longest, message.timeNanos() - before);
            before = message.timeNanos();
        }
        return longest;
    }

    private Finding patient() {
        if (TcpProbe.is(handshake)) {
            return NoClientHello.silent(handshake, confidence());
        }
        return new Finding(
                        ConnectionLost.HANDSHAKE_TIMEOUT,
                        confidence(),
                        "The peer did not " + awaited() + ", until this side gave up: " + how() + ".",
                        facts(),
                        List.of(
                                "Check whether the peer is overloaded or stuck, and whether this side's timeout is long"
                                        + " enough.",
                                "If nothing at all came, check that the port speaks TLS: a plain-text server waits for its"
                                        + " own protocol."))
                .or(Candidate.possible(
                        Internal.INTERNAL, "whether this side had another reason: a cancelled task, a shutdown"));
    }

    private Confidence confidence() {
        return EngineEnding.isSocketSeen(handshake) ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    private String awaited() {
        return last.map(message ->
                        message.sent() ? "answer after our " + message.name() : "go on after its " + message.name())
                .orElse("say anything");
    }

    /** Nanoseconds since the last message of the handshake. */
    private long waited() {
        long begin = last.map(Message::timeNanos).orElse(handshake.timeNanos());
        long end = closing.map(Message::timeNanos).orElse(handshake.failureNanos());
        return Math.max(0, end - begin);
    }

    private String how() {
        String after = Times.duration(waited()) + " later";
        if (closing.isPresent()) {
            return "it sent " + AlertDescription.nameOf(closing.get().bytes()[1]) + " " + after;
        }
        return switch (way()) {
            case "closed" -> "it closed the socket " + after;
            case "exit" -> "its JVM ended " + after;
            default ->
                "it dropped the " + ("socket".equals(handshake.transport()) ? "SSLSocket" : "SSLEngine") + ", noticed "
                        + after;
        };
    }

    /** The value of {@link Field#GIVEN_UP}. */
    private String way() {
        Event failure = handshake.failure();
        String way = failure == null ? null : failure.text(Field.GIVEN_UP);
        return way == null ? "dropped" : way;
    }

    private List<Evidence> facts() {
        List<Evidence> all = new ArrayList<>();
        all.add(ConnectionLost.received(handshake));
        all.add(ConnectionLost.hello(handshake));
        String closer = Frames.usersOfSocket(handshake.frames(), FRAMES);
        if (!closer.isEmpty()) {
            all.add(new Evidence("closed by", closer));
        }
        Frames.scheduledTask(handshake.frames())
                .ifPresent(task -> all.add(new Evidence("in a scheduled task of", task)));
        return FailureEvidence.with(handshake, all.toArray(new Evidence[0]));
    }
}
