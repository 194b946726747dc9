package dev.tlscope.analyzer.scan;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a server did with a ClientHello.
 *
 * @param suite the picked one; -1 where it picked none, as for group and scheme
 * @param group of the key exchange
 * @param scheme of the server's signature; known only when its whole flight was read
 * @param words how it refused; empty if it did not
 */
record HelloAnswer(Reaction outcome, int suite, int group, int scheme, List<X509Certificate> chain, String words) {
    /** What it did. */
    enum Reaction {
        TAKEN,
        /** By an alert, by another version, or by the end of the connection. */
        REFUSED,
        SILENT,
        NOT_TLS
    }

    static HelloAnswer without(Reaction outcome, String words) {
        return new HelloAnswer(outcome, -1, -1, -1, List.of(), words);
    }

    boolean isTaken() {
        return outcome == Reaction.TAKEN;
    }

    /** What it picked of that kind. */
    OptionalInt picked(ScanOffer.Kind kind) {
        int value = switch (kind) {
            case SUITE -> suite;
            case GROUP -> group;
            case SCHEME -> scheme;
        };
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
