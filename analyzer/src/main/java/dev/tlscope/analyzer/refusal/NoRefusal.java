package dev.tlscope.analyzer.refusal;

import java.util.Locale;

/** Why a place that creates an exception does not itself end a handshake. The table has its name in parentheses. */
public enum NoRefusal {
    /** It rethrows an exception from another place, which decides. */
    PASSES_ON,
    /** It throws to the application, which called it with a wrong argument or at a wrong time. */
    API,
    /** It throws while an SSLContext, a manager or a property is initialized, before any handshake. */
    SET_UP,
    /** JSSE's own code excludes the state: a defect of the JDK or of a provider. */
    ASSERTION,
    /** The JDK itself catches it and continues. */
    CAUGHT,
    /** It belongs to TLS inside QUIC. */
    QUIC,
    /** No TLS handshake gets there: code signing, time stamping, directories. */
    OTHER_USE;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Its name in the table. */
    public String id() {
        return id;
    }

    static NoRefusal ofId(String id) {
        for (NoRefusal reason : values()) {
            if (reason.id.equals(id)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no such reason: " + id);
    }
}
