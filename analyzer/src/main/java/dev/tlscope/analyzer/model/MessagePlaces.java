package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The flight and the records of each message of a connection. A flight is what one side sends before the other answers
 * (RFC 6347, 4.2.4).
 */
public final class MessagePlaces {
    private final Map<Event, Integer> flights = new HashMap<>();
    private final Map<Event, List<Long>> records = new HashMap<>();

    private MessagePlaces() {}

    /** Computes the places of all MESSAGE events of a handshake. */
    public static MessagePlaces of(Handshake handshake) {
        MessagePlaces places = new MessagePlaces();
        List<Event> messages = select(handshake, EventType.MESSAGE);
        if (!handshake.joinedLate()) {
            places.count(messages);
        }
        List<Event> carriers = select(handshake, EventType.RECORD).stream()
                .filter(record -> record.number(Field.RECORD_NUMBER, 0) > 0 && record.bytes(Field.BYTES) != null)
                .toList();
        boolean datagrams = carriers.stream().anyMatch(DatagramCarriers::isDatagram);
        for (boolean sent : new boolean[] {true, false}) {
            List<Event> said = inDirection(messages, sent);
            List<Event> carried = inDirection(carriers, sent);
            if (datagrams) {
                places.records.putAll(DatagramCarriers.of(said, carried));
            } else if (!sent) {
                said.forEach(message -> places.records.put(message, message.numbers(Field.RECORD_NUMBER)));
            } else if (!handshake.joinedLate()) {
                places.records.putAll(SentCarriers.of(said, carried, handshake.cipherSuite(), handshake.isTls13()));
            }
        }
        return places;
    }

    /** The flight, from 1; empty when the agent joined late, so that earlier messages may be missing. */
    public OptionalInt flight(Event message) {
        Integer flight = flights.get(message);
        return flight == null ? OptionalInt.empty() : OptionalInt.of(flight);
    }

    /** RECORD_NUMBER of the records that carried it, in order; empty when not known. */
    public List<Long> records(Event message) {
        return records.getOrDefault(message, List.of());
    }

    private void count(List<Event> messages) {
        Flights counted = new Flights();
        for (Event message : messages) {
            flights.put(message, counted.next(message.isSent()));
        }
    }

    private static List<Event> select(Handshake handshake, EventType type) {
        return handshake.events().stream().filter(event -> event.type() == type).toList();
    }

    private static List<Event> inDirection(List<Event> events, boolean sent) {
        List<Event> found = new ArrayList<>();
        for (Event event : events) {
            if (sent == event.isSent()) {
                found.add(event);
            }
        }
        return found;
    }
}
