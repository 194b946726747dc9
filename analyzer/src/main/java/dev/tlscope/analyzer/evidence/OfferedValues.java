package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.capture.Field;
import java.util.List;

/** The protocols and cipher suites that a side offers. */
public final class OfferedValues {
    private OfferedValues() {}

    /** The suites that a client offers, without signalling values and GREASE, which no server can select. */
    public static List<String> suites(Hello hello) {
        return hello.cipherSuites().stream()
                .filter(CipherSuites::canBeChosen)
                .map(CipherSuites::nameOf)
                .toList();
    }

    /** This side's protocols: those that policy left active, if that is known. */
    public static List<String> localProtocols(Handshake handshake) {
        List<String> active = handshake.setUp(Field.ACTIVE_PROTOCOL);
        return active.isEmpty() ? handshake.setUp(Field.ENABLED_PROTOCOL) : active;
    }
}
