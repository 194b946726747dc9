package dev.tlscope.capture;

import org.jspecify.annotations.Nullable;

/** What a captured {@link Event} is about. The codes are part of the capture format and never change their meaning. */
public enum EventType {
    /** Once per file: which agent captured which JVM, with which options. Connection 0. */
    CAPTURE(1),
    /** A TLS connection was first seen: its transport, role and addresses. */
    CONNECTION(2),
    /** One TLS record as it was on the wire, header included; see {@link Field#BYTES}. */
    RECORD(3),
    /** One plaintext handshake message, ChangeCipherSpec or alert, in either direction. */
    MESSAGE(4),
    /** A secret under its RFC 9850 label, or under JSSE's own name where no label exists. */
    SECRET(5),
    /** A private key and certificate chain that the key manager returned, and whether they belong together. */
    KEY_PAIR(6),
    /** The outcome of RSA pre-master decryption, which JSSE does not report (RFC 5246, 7.4.7.1). */
    PREMASTER(7),
    /** TransportContext.fatal: the alert that ended the connection, with the exception that caused it. */
    FAILURE(8),
    /** The handshake completed. */
    HANDSHAKE(9),
    /** Nothing more will be recorded of this connection. */
    CLOSED(10),
    /** A note about the capture itself: events were dropped, a hook was disarmed. */
    NOTE(11),
    /**
     * A value with which a side proves that it has the keys and saw the same messages: Finished, binder,
     * CertificateVerify.
     */
    PROOF(12),
    /** The application exported keying material (RFC 5705; RFC 8446, 7.5). */
    EXPORTER(13),
    /** One connection's settings, written once per distinct content and referred to by {@link Field#CONFIGURATION}. */
    CONFIGURATION(15),
    /** JDK build, providers, security and system properties; also once per distinct content. Passwords are left out. */
    ENVIRONMENT(16),
    /** A key manager with its aliases, or a trust manager with its anchors; also once per distinct content. */
    MANAGER(17),
    /** A key store did not give a key manager its key. Concerns the whole JVM: connection 0. */
    KEY_STORE(18),
    /**
     * JSSE asked the key manager for an alias: KEY_TYPE, ISSUER, and ALIAS, which is absent when the key manager
     * returned none.
     */
    KEY_CHOICE(19),
    /**
     * The socket below an SSLEngine ended before the handshake was complete. EXCEPTION is what the read or write threw;
     * it is absent if the peer ended the stream. The engine learns of this only if its application reports it.
     */
    SOCKET_END(20),
    /**
     * A class with which this JVM does TLS: an SSLEngine, an SSLSocket or an SSLContextSpi, which jar it is from, and how
     * much of its connections is captured. Connection 0.
     */
    IMPLEMENTATION(21),
    /**
     * The peer's chain as the JDK's trust manager was given it, one CERTIFICATE each, leaf first: of a connection whose Certificate
     * message is encrypted and not captured.
     */
    PEER_CERTIFICATES(22),
    /**
     * TLS could not be set up, before there was any connection: CLASS is what was asked for it, such as
     * javax.net.ssl.SSLContext or java.security.cert.PKIXParameters; ALGORITHM is what it was asked for, NAME and VALUE what decides: providers
     * and properties, or the entries of a key store; EXCEPTION and FRAME. Connection 0. Of java.security.KeyStore and KeyFactory:
     * ALGORITHM is the class that could not read it, "file" or "form" what it was; "read" takes the thread's failures back.
     */
    SET_UP(23);

    private static final EventType[] BY_CODE = new EventType[32];

    static {
        for (EventType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    EventType(int code) {
        this.code = code;
    }

    /** The type's number in the capture file, 1 to 65535. */
    public int code() {
        return code;
    }

    /** The type with this number, or null for a type of a newer writer that this reader does not know. */
    public static @Nullable EventType of(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
