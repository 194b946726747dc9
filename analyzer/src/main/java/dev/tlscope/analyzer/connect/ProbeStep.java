package dev.tlscope.analyzer.connect;

import java.util.List;

/**
 * A line of dev.tlscope.probe.Probe.
 *
 * @param turn number of the connection, from 0
 */
public record ProbeStep(Word word, int turn, List<String> values) {
    /** What happened. */
    public enum Word {
        /** Address, port, local port, nanoseconds. */
        connected,
        /** A line of the dialogue before TLS. */
        said,
        /** Protocol, cipher suite. */
        completed,
        /** The exception. */
        failed,
        /** No connection on which TLS could begin: why. */
        unreached,
        /** Settings that the JDK does not take: why. */
        unusable
    }

    public ProbeStep {
        values = List.copyOf(values);
    }

    static ProbeStep parse(String line) {
        String[] parts = line.split("\t", -1);
        return new ProbeStep(
                Word.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                List.of(parts).subList(2, parts.length));
    }

    /** The value at that place; empty if the line has none. */
    public String value(int at) {
        return at < values.size() ? values.get(at) : "";
    }
}
