package dev.tlscope.analyzer.cause;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Copies of a connection's events, without some of the evidence or with other evidence. */
final class AlteredEvents {
    private static final int CERTIFICATE_UNKNOWN = 46;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    /** Two refusals of JSSE that have nothing to do with each other: by the trust manager, and of the ALPN lists. */
    private static final Event OF_THE_CHAIN = failure(
            CERTIFICATE_UNKNOWN,
            "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid"
                    + " certification path to requested target",
            "sun.security.validator.ValidatorException",
            "sun.security.validator.PKIXValidator.doBuild(PKIXValidator.java:1)");

    private static final Event OF_THE_PROTOCOLS = failure(
            NO_APPLICATION_PROTOCOL,
            "No matching application layer protocol values",
            "javax.net.ssl.SSLHandshakeException",
            "sun.security.ssl.AlpnExtension$CHAlpnConsumer.consume(AlpnExtension.java:1)");

    private AlteredEvents() {}

    /** Without some fields of the failure. */
    static List<Event> without(List<Event> events, Set<Field> fields) {
        return changed(events, event -> event.type() == EventType.FAILURE ? copy(event, fields, Map.of()) : event);
    }

    /** As if no event of that type had been captured. */
    static List<Event> withoutType(List<Event> events, EventType type) {
        return events.stream().filter(event -> event.type() != type).toList();
    }

    /** As if a field had been captured in no event but the failure. */
    static List<Event> withoutField(List<Event> events, Field field) {
        return changed(
                events, event -> event.type() == EventType.FAILURE ? event : copy(event, Set.of(field), Map.of()));
    }

    /** Only the failure and the identity of the two ends. */
    static List<Event> failureAlone(List<Event> events) {
        return changed(
                events,
                event -> event.type() == EventType.FAILURE || event.type() == EventType.CONNECTION
                        ? event
                        : new Event(event.type(), event.connection(), event.timeNanos()));
    }

    /** Everything as captured, but the peer ended the handshake with that alert. */
    static List<Event> withReceivedAlert(List<Event> events, int alert) {
        return changed(
                events,
                event -> event.type() == EventType.FAILURE
                        ? new Event(event.type(), event.connection(), event.timeNanos())
                                .put(Field.DIRECTION, "in")
                                .put(Field.ALERT, alert)
                        : event);
    }

    /** Where the key pair was compared, it matches. */
    static List<Event> withMatchingKeyPair(List<Event> events) {
        return changed(
                events,
                event ->
                        event.type() == EventType.KEY_PAIR ? copy(event, Set.of(), Map.of(Field.MATCH, "yes")) : event);
    }

    /** Everything as captured, but JSSE ended the handshake for another reason. */
    static List<Event> withOtherRefusal(List<Event> events, boolean aboutTheChain) {
        Event other = aboutTheChain ? OF_THE_CHAIN : OF_THE_PROTOCOLS;
        return changed(events, event -> {
            if (event.type() != EventType.FAILURE) {
                return event;
            }
            Event copy = copy(
                    event,
                    Set.of(Field.EXCEPTION, Field.FRAME, Field.DIAGNOSTIC, Field.ALERT, Field.DIRECTION),
                    Map.of());
            for (int i = 0; i < other.size(); i++) {
                put(copy, other.field(i), other.value(i));
            }
            return copy;
        });
    }

    private static List<Event> changed(List<Event> events, UnaryOperator<Event> change) {
        return events.stream().map(change).filter(event -> event.size() > 0).toList();
    }

    private static Event copy(Event event, Set<Field> left, Map<Field, Object> replaced) {
        Event copy = new Event(event.type(), event.connection(), event.timeNanos());
        for (int i = 0; i < event.size(); i++) {
            Field field = event.field(i);
            if (!left.contains(field)) {
                put(copy, field, replaced.getOrDefault(field, event.value(i)));
            }
        }
        return copy;
    }

    private static void put(Event event, Field field, Object value) {
        if (value instanceof String text) {
            event.put(field, text);
        } else if (value instanceof Long number) {
            event.put(field, number);
        } else {
            event.put(field, (byte[]) value);
        }
    }

    private static Event failure(int alert, String diagnostic, String exception, String frame) {
        return new Event(EventType.FAILURE, 1, 1)
                .put(Field.DIRECTION, "out")
                .put(Field.ALERT, alert)
                .put(Field.DIAGNOSTIC, diagnostic)
                .put(Field.EXCEPTION, exception + ": " + diagnostic)
                .put(Field.FRAME, "java.base/" + frame);
    }
}
