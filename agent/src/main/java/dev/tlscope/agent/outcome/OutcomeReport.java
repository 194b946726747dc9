package dev.tlscope.agent.outcome;

import dev.tlscope.agent.record.HandshakeOutcome;
import dev.tlscope.agent.record.ReferencedEvents;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.lang.ref.WeakReference;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A handshake's end under the names of {@link OutcomeName}, as all listeners tell it. Made on the writer's thread; immutable. All
 * texts are {@link PlainText}; there is no key, no secret and no content in it.
 */
public final class OutcomeReport {
    private final boolean failed;
    private final boolean client;
    private final long startNanos;
    private final long endNanos;
    private final String sentence;
    private final List<X509Certificate> chain;
    private final Map<OutcomeName, Object> values = new EnumMap<>(OutcomeName.class);

    /** Weak, because the last report of each problem is kept, and a web application must be collectable. */
    private final WeakReference<@Nullable ClassLoader> application;

    private OutcomeReport(HandshakeOutcome outcome, BriefCauses causes) {
        Event connection = outcome.last(EventType.CONNECTION);
        Event ending = outcome.ending();
        this.failed = outcome.failed();
        this.client = connection != null && "client".equals(connection.text(Field.ROLE));
        this.chain = PeerChain.of(outcome);
        this.application = new WeakReference<>(outcome.application());
        this.startNanos = start(outcome, ending);
        this.endNanos = ending == null ? startNanos : ending.timeNanos();
        put(OutcomeName.CONNECTION, outcome.connection());
        put(OutcomeName.ROLE, connection == null ? null : connection.text(Field.ROLE));
        addresses(outcome, connection);
        if (ending != null) {
            negotiated(ending);
        }
        peer();
        this.sentence = failed && ending != null
                ? failure(outcome, ending, causes)
                : "TLS handshake " + (failed ? "failed" : "completed") + " (" + where() + ")";
    }

    /** Puts an outcome into words. */
    private static OutcomeReport of(HandshakeOutcome outcome, BriefCauses causes) {
        return new OutcomeReport(outcome, causes);
    }

    /** Makes the reports of one capture, whose writer's thread calls it. */
    public static Maker maker(ReferencedEvents numbered) {
        BriefCauses causes = new BriefCauses(numbered);
        return outcome -> of(outcome, causes);
    }

    /** Puts outcomes into words. */
    public interface Maker {
        OutcomeReport of(HandshakeOutcome outcome);
    }

    public boolean failed() {
        return failed;
    }

    /** True when this JVM was the client. */
    public boolean client() {
        return client;
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z of the first event that is known. */
    public long startNanos() {
        return startNanos;
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z of the completion or failure. */
    public long endNanos() {
        return endNanos;
    }

    /** One line for people, which says the same as the values. */
    public String sentence() {
        return sentence;
    }

    /** The peer's certificates, leaf first; empty when none is known. */
    public List<X509Certificate> chain() {
        return Collections.unmodifiableList(chain);
    }

    /** The context class loader of the thread on which the handshake ended; null when it had none. */
    public @Nullable ClassLoader application() {
        return application.get();
    }

    /** Values in the order of the names: String, Long or Boolean, by {@link OutcomeName#kind()}. */
    public Map<OutcomeName, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** A text among the values; empty when it is not there. */
    public String text(OutcomeName name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }

    private static long start(HandshakeOutcome outcome, @Nullable Event ending) {
        List<Event> connections = outcome.all(EventType.CONNECTION);
        return connections.isEmpty()
                ? ending == null ? 0 : ending.timeNanos()
                : connections.get(0).timeNanos();
    }

    private void addresses(HandshakeOutcome outcome, @Nullable Event connection) {
        String peer = outcome.peer();
        putAddress(OutcomeName.LOCAL_ADDRESS, OutcomeName.LOCAL_PORT, outcome.local());
        putAddress(OutcomeName.PEER_ADDRESS, OutcomeName.PEER_PORT, peer);
        if (client && connection != null) {
            String sni = connection.text(Field.SNI_NAME);
            String host = sni != null ? sni : connection.text(Field.PEER_HOST);
            putAddress(OutcomeName.SERVER_ADDRESS, OutcomeName.SERVER_PORT, peer);
            put(OutcomeName.SERVER_ADDRESS, host);
        }
    }

    private void negotiated(Event ending) {
        String protocol = ending.text(Field.PROTOCOL);
        if (protocol != null) {
            int version = protocol.indexOf('v');
            put(
                    OutcomeName.PROTOCOL_NAME,
                    protocol.startsWith("DTLS") ? "dtls" : protocol.startsWith("SSL") ? "ssl" : "tls");
            put(OutcomeName.PROTOCOL_VERSION, version < 0 ? protocol : protocol.substring(version + 1));
        }
        put(OutcomeName.CIPHER, ending.text(Field.CIPHER_SUITE));
        put(OutcomeName.ESTABLISHED, !failed || ending.flag(Field.NEGOTIATED));
        if (!failed) {
            put(OutcomeName.RESUMED, ending.flag(Field.RESUMED));
        }
    }

    private void peer() {
        if (!chain.isEmpty()) {
            X509Certificate leaf = chain.get(0);
            put(OutcomeName.PEER_SUBJECT, leaf.getSubjectX500Principal().getName());
            put(OutcomeName.PEER_ISSUER, leaf.getIssuerX500Principal().getName());
            put(OutcomeName.PEER_NOT_AFTER, leaf.getNotAfter().toInstant().toString());
        }
    }

    private String failure(HandshakeOutcome outcome, Event failure, BriefCauses causes) {
        FailureWords words = new FailureWords(failure);
        BriefCause cause = causes.of(outcome, client, chain);
        put(OutcomeName.ERROR_TYPE, cause.type);
        put(OutcomeName.CERTAIN, cause.certain);
        if (words.alert() >= 0) {
            put(OutcomeName.ALERT, AlertDescription.nameOf(words.alert()));
            put(OutcomeName.ALERT_DIRECTION, words.received() ? "received" : "sent");
        }
        String innermost = words.innermost();
        if (innermost != null) {
            String type = FailureWords.className(innermost);
            put(OutcomeName.EXCEPTION_TYPE, type);
            put(
                    OutcomeName.EXCEPTION_MESSAGE,
                    innermost.length() > type.length() + 2 ? innermost.substring(type.length() + 2) : null);
        }
        put(OutcomeName.THREAD, failure.text(Field.THREAD));
        String text = "TLS handshake failed (" + where() + "): " + cause.type + ": " + cause.sentence;
        put(OutcomeName.ERROR_MESSAGE, text);
        return text(OutcomeName.ERROR_MESSAGE);
    }

    private String where() {
        String host = text(OutcomeName.SERVER_ADDRESS);
        String peer = text(OutcomeName.PEER_ADDRESS);
        String port = text(OutcomeName.PEER_PORT);
        String role = text(OutcomeName.ROLE);
        String end = peer.isEmpty() ? "" : peer + ":" + port;
        String both = host.isEmpty() || host.equals(peer) ? end : end.isEmpty() ? host : host + " " + end;
        String which = role.isEmpty() ? "side not known" : role;
        return both.isEmpty() ? which : which + (client ? " to " : " from ") + both;
    }

    private void putAddress(OutcomeName address, OutcomeName port, @Nullable String hostAndPort) {
        int colon = hostAndPort == null ? -1 : hostAndPort.lastIndexOf(':');
        if (hostAndPort != null && colon > 0) {
            String host = hostAndPort.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            put(address, bracketed ? host.substring(1, host.length() - 1) : host);
            try {
                put(port, Long.parseLong(hostAndPort.substring(colon + 1)));
            } catch (NumberFormatException e) {
                // the port stays absent
            }
        }
    }

    private void put(OutcomeName name, @Nullable String text) {
        if (text != null) {
            values.put(name, PlainText.of(text));
        }
    }

    private void put(OutcomeName name, long number) {
        values.put(name, number);
    }

    private void put(OutcomeName name, boolean flag) {
        values.put(name, flag);
    }
}
