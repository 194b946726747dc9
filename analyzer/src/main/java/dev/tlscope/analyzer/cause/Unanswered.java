package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.CallingProtocol;
import dev.tlscope.analyzer.evidence.HelloSize;
import dev.tlscope.analyzer.evidence.PlaintextPort;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs of a reason where the peer left a handshake without an alert: the port, the size of our ClientHello, how far the
 * peer's flight came, and how long this side let the peer wait.
 */
final class Unanswered {
    /** Nobody minds a shorter pause. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Handshake handshake;

    Unanswered(Handshake handshake) {
        this.handshake = handshake;
    }

    List<Evidence> facts() {
        List<Evidence> facts = new ArrayList<>();
        facts.add(ConnectionLost.received(handshake));
        facts.add(ConnectionLost.hello(handshake));
        port().map(PlaintextPort::evidence)
                .or(() -> protocol().map(CallingProtocol::evidence))
                .ifPresent(facts::add);
        pause().ifPresent(pause -> facts.add(new Evidence("this " + handshake.role() + " took", pause)));
        return facts;
    }

    /** What the evidence suggests, the likeliest first; empty where it suggests nothing. */
    List<String> fix() {
        List<String> fix = new ArrayList<>();
        port().map(PlaintextPort::fix)
                .or(() -> protocol().map(CallingProtocol::fix))
                .ifPresent(fix::add);
        if (isSilent()) {
            fix.addAll(HelloSize.of(handshake).fix());
        }
        pause().ifPresent(pause -> fix.add("Find out what delayed this " + handshake.role() + " by " + pause
                + "; the peer may not wait that long: a SecureRandom that blocks for entropy"
                + " (-Djava.security.egd=file:/dev/./urandom), a key or trust manager that waits for a network"
                + " or a token, a full executor, a garbage collection."));
        return fix;
    }

    /** The same where the peer's answer did not come in time. */
    List<String> fixOfTimeout() {
        List<String> fix = new ArrayList<>();
        if (cutFlight().isPresent()) {
            fix.add("Check whether larger packets are lost on the way (ping -M do -s 1472 PEER): a first, small"
                    + " one came, and the server's certificates need full-sized packets. Lower this machine's MTU,"
                    + " or clamp the MSS where a VPN or tunnel has a smaller MTU.");
        }
        fix.addAll(fix());
        fix.add("Check whether the peer is overloaded or stuck, and whether the timeout is long enough.");
        if (isSilent() && port().isEmpty()) {
            fix.add("Check that the port speaks TLS: a plain-text server waits for its own protocol.");
        }
        return fix;
    }

    /** Where a flight of the server stopped in the middle: small packets arrived, and larger ones may not have. */
    Optional<String> cutFlight() {
        boolean begun = handshake.isClient()
                && handshake
                        .serverHello()
                        .filter(hello -> !hello.isRetryRequest())
                        .isPresent();
        HandshakeType end = handshake.isTls13() ? HandshakeType.FINISHED : HandshakeType.SERVER_HELLO_DONE;
        return begun
                        && handshake.message(end, false).isEmpty()
                        && handshake.message(HandshakeType.FINISHED, false).isEmpty()
                ? Optional.of(handshake.last(false))
                : Optional.empty();
    }

    private boolean isSilent() {
        return handshake.isClient() && handshake.firstReceived() == null;
    }

    private Optional<CallingProtocol> protocol() {
        return isSilent() ? CallingProtocol.of(handshake) : Optional.empty();
    }

    private Optional<PlaintextPort> port() {
        return isSilent() ? PlaintextPort.of(handshake.peer()) : Optional.empty();
    }

    /** The longest time between a message of the peer and what this side then sent, or its end. */
    private Optional<String> pause() {
        long longest = 0;
        long received = -1;
        for (Message message : handshake.messages()) {
            if (message.timeNanos() > handshake.failureNanos()) {
                break;
            }
            if (message.contentType() != ContentType.HANDSHAKE) {
                continue;
            }
            if (!message.sent()) {
                received = message.timeNanos();
            } else if (received >= 0) {
                longest = Math.max(longest, message.timeNanos() - received);
                received = -1;
            }
        }
        return longest < PAUSE.toNanos() ? Optional.empty() : Optional.of(Times.duration(longest));
    }
}
