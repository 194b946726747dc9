package dev.tlscope.capture;

import org.jspecify.annotations.Nullable;

/**
 * The named values of an {@link Event}. A field may occur several times in one event (a list). The codes are part of
 * the capture format and never change their meaning.
 */
public enum Field {
    /** {@code in} for what the peer sent, {@code out} for what this JVM sent. */
    DIRECTION(1, Kind.TEXT),
    /** Raw bytes: the record, the message (handshake header included), the secret. */
    BYTES(2, Kind.BYTES),
    /** TLS ContentType of a message: 20, 21, 22 (RFC 8446, 5.1); in a RECORD sent over TLS, of its content. */
    CONTENT_TYPE(3, Kind.NUMBER),
    /** {@code client} or {@code server}. */
    ROLE(4, Kind.TEXT),
    /** {@code socket} or {@code engine}. */
    TRANSPORT(5, Kind.TEXT),
    /** Local address as {@code host:port}, IPv6 in brackets; absent when not known. */
    LOCAL(6, Kind.TEXT),
    /** Peer's address as {@code host:port}; absent when not known. */
    PEER(7, Kind.TEXT),
    /** Host that the application named when it created the SSLSocket or SSLEngine; absent when it named none. */
    PEER_HOST(8, Kind.TEXT),
    /** 1 when the connection was already open when the agent was attached. */
    JOINED_LATE(9, Kind.NUMBER),
    /**
     * Name of the thread on which it happened; in a RECORD of an SSLEngine, of the thread that called wrap or unwrap.
     */
    THREAD(10, Kind.TEXT),
    /** RFC 9850 label, or JSSE's algorithm name. */
    LABEL(11, Kind.TEXT),
    /** The ClientHello's random, 32 bytes. */
    CLIENT_RANDOM(12, Kind.BYTES),
    /** Alias in the key store; absent when not known. */
    ALIAS(13, Kind.TEXT),
    /** DER of a certificate of the chain, leaf first, one field each. */
    CERTIFICATE(14, Kind.BYTES),
    /** Algorithm of the private key, as JCA names it: RSA, EC, EdDSA, RSASSA-PSS. */
    KEY_ALGORITHM(15, Kind.TEXT),
    /**
     * {@code yes}, {@code no}, or {@code unknown} with {@link #REASON}: whether the private key belongs to the leaf.
     */
    MATCH(16, Kind.TEXT),
    /** Lower-case hex SHA-256 of the certificate's SubjectPublicKeyInfo. */
    CERTIFICATE_KEY_SHA256(17, Kind.TEXT),
    /** Lower-case hex SHA-256 of the private key's own SubjectPublicKeyInfo; absent when it cannot be computed. */
    PRIVATE_KEY_SHA256(18, Kind.TEXT),
    /** How a value was determined, in one sentence. */
    REASON(19, Kind.TEXT),
    /** 1 when RSA decryption of the pre-master failed and JSSE continued with a random one. */
    REPLACED(20, Kind.NUMBER),
    /** Version in the ClientHello (legacy_version), such as 0x0303. */
    CLIENT_VERSION(21, Kind.NUMBER),
    /** Version in the first two bytes of the decrypted pre-master; absent when decryption failed. */
    PREMASTER_VERSION(22, Kind.NUMBER),
    /** Length of the decrypted pre-master in bytes; absent when decryption failed. */
    PREMASTER_LENGTH(23, Kind.NUMBER),
    /** AlertDescription, 0 to 255 (RFC 8446, 6). */
    ALERT(24, Kind.NUMBER),
    /** AlertLevel, 1 warning, 2 fatal. */
    LEVEL(25, Kind.NUMBER),
    /** JSSE's message about the failure. */
    DIAGNOSTIC(26, Kind.TEXT),
    /** One per exception in the chain, outermost first: {@code class: message}. */
    EXCEPTION(27, Kind.TEXT),
    /**
     * One stack frame each, innermost first: {@code class.method(file:line)}. In a FAILURE, frames of the innermost
     * exception; in a RECORD, frames of the thread, recorded when more than one thread drives the engine.
     */
    FRAME(28, Kind.TEXT),
    /** The handshake's state in JSSE's terms, such as the last consumer expected; absent after the handshake. */
    STAGE(29, Kind.TEXT),
    /** Negotiated protocol as JSSE names it: TLSv1.3. */
    PROTOCOL(30, Kind.TEXT),
    /** Negotiated cipher suite by its IANA name. */
    CIPHER_SUITE(31, Kind.TEXT),
    /** 1 when the session was resumed. */
    RESUMED(32, Kind.NUMBER),
    /**
     * Name of a value in a {@code CAPTURE}, {@code NOTE} or {@code FAILURE} event; its {@link #VALUE} always follows.
     */
    NAME(33, Kind.TEXT),
    /** Value of the {@link #NAME} before it. */
    VALUE(34, Kind.TEXT),
    /** Class of the provider's or application's object, such as the private key's. */
    CLASS(35, Kind.TEXT),
    /** 1 when the address pair in the packets is made up, because the real one is unknown or used twice. */
    SYNTHETIC_ADDRESS(36, Kind.NUMBER),
    /** 1 when JSSE had already completed a handshake on this connection. */
    NEGOTIATED(37, Kind.NUMBER),
    /**
     * A protocol that the application or JSSE's default enabled on this connection, one field each, as JSSE names it.
     */
    ENABLED_PROTOCOL(38, Kind.TEXT),
    /**
     * An enabled protocol that policy and suites left active for this handshake; absent when the handshake did not get
     * that far.
     */
    ACTIVE_PROTOCOL(39, Kind.TEXT),
    /** A cipher suite that the application or JSSE's default enabled, by its IANA name. */
    ENABLED_SUITE(40, Kind.TEXT),
    /** An enabled suite that policy and protocols left active for this handshake. */
    ACTIVE_SUITE(41, Kind.TEXT),
    /** An application protocol (ALPN, RFC 7301) that this side offers or accepts. */
    LOCAL_ALPN(42, Kind.TEXT),
    /** Endpoint identification algorithm in use: HTTPS, LDAPS; absent when the host name is not checked. */
    IDENTIFICATION(43, Kind.TEXT),
    /**
     * Whether a server requests client certificates: CLIENT_AUTH_NONE, _REQUESTED, _REQUIRED
     * (sun.security.ssl.ClientAuthType).
     */
    CLIENT_AUTH(44, Kind.TEXT),
    /**
     * Class of the trust manager in use; if JSSE wrapped an application's trust manager, the class of the wrapped one.
     */
    TRUST_MANAGER(45, Kind.TEXT),
    /** Number of its trust anchors; absent when they cannot be read. */
    ANCHOR_COUNT(46, Kind.NUMBER),
    /** Subject of an anchor, RFC 2253; at most 300 of them. */
    ANCHOR(47, Kind.TEXT),
    /** java.security.cert.CertPathValidatorException.getReason. */
    VALIDATION_REASON(48, Kind.TEXT),
    /**
     * CertPathValidatorException.getIndex: position in the certification path, where the leaf is 0; absent when not
     * known.
     */
    VALIDATION_INDEX(49, Kind.NUMBER),
    /** Name of the JCA provider that computed a secret: SunJCE, SunEC, BC. */
    PROVIDER(50, Kind.TEXT),
    /**
     * JCA algorithm that computed a secret, as its service is named: X25519, HmacSHA256, HKDF-SHA256,
     * SunTls12MasterSecret.
     */
    ALGORITHM(51, Kind.TEXT),
    /** Label of the secret that this one was derived from. */
    BASE(52, Kind.TEXT),
    /** Hash of the handshake messages that went into a derivation or proof (RFC 8446, 4.4.1; RFC 7627, 3). */
    TRANSCRIPT_HASH(53, Kind.BYTES),
    /** What the peer sent, where {@link #BYTES} is the expected value. */
    RECEIVED(54, Kind.BYTES),
    /** Context of an exporter call (RFC 5705, 4); absent when there is none, which differs from an empty one. */
    EXPORTER_CONTEXT(55, Kind.BYTES),
    /** Number of bytes that an exporter call requests. */
    LENGTH(56, Kind.NUMBER),
    /** Sequence number of the next record to be read, as JSSE counts; unsigned. */
    READ_SEQUENCE(57, Kind.NUMBER),
    /** Sequence number of the next record to be written. */
    WRITE_SEQUENCE(58, Kind.NUMBER),
    /** Epoch of the next record to be read; DTLS only (RFC 6347, 4.1). */
    READ_EPOCH(59, Kind.NUMBER),
    /** Epoch of the next record to be written; DTLS only. */
    WRITE_EPOCH(60, Kind.NUMBER),
    /**
     * In a {@code CONFIGURATION}, {@code ENVIRONMENT} or {@code MANAGER} event its own number, from 1; elsewhere the
     * number of the {@code CONFIGURATION} in use.
     */
    CONFIGURATION(70, Kind.NUMBER),
    /** Number of the {@code ENVIRONMENT} that belongs to a {@code CONFIGURATION}. */
    ENVIRONMENT(71, Kind.NUMBER),
    /** Number of the {@code MANAGER} that is its key manager; absent when there is none. */
    KEY_MANAGER_NUMBER(72, Kind.NUMBER),
    /** Number of the {@code MANAGER} that is its trust manager. */
    TRUST_MANAGER_NUMBER(73, Kind.NUMBER),
    /**
     * How {@link #LOCAL} and {@link #PEER} were found: {@code socket}, they are the SSLSocket's own; {@code bytes},
     * they are those of the socket that carried an engine's hello; {@code unknown}, they were not found.
     */
    ADDRESS_SOURCE(74, Kind.TEXT),
    /** A named group that is enabled (RFC 8446, 4.2.7), in order of preference, as JSSE names it, after policy. */
    NAMED_GROUP(75, Kind.TEXT),
    /** A signature scheme that the application enabled (RFC 8446, 4.2.3); absent when JSSE's default applies. */
    SIGNATURE_SCHEME(76, Kind.TEXT),
    /** A signature scheme that policy and protocols left active for this handshake. */
    ACTIVE_SIGNATURE_SCHEME(77, Kind.TEXT),
    /** A server name in the client's settings (SNI); {@code type:hex} for any type other than host_name. */
    SNI_NAME(78, Kind.TEXT),
    /** A server's SNI matcher: its class, and for the JDK's own its pattern. */
    SNI_MATCHER(79, Kind.TEXT),
    /** Identifier of the session that a client offered or a server accepted to resume. */
    SESSION_ID(80, Kind.BYTES),
    /** When that session was created, nanoseconds since 1970-01-01T00:00:00Z, to the millisecond. */
    SESSION_CREATED(81, Kind.NUMBER),
    /** 1 when that was before the agent was attached, so that the capture does not contain its full handshake. */
    SESSION_PREDATES(82, Kind.NUMBER),
    /** Class of the key manager in use; if JSSE wrapped an application's key manager, the class of the wrapped one. */
    KEY_MANAGER(83, Kind.TEXT),
    /** File that the anchors were read from; absent when not known. */
    ANCHOR_SOURCE(84, Kind.TEXT),
    /** 1 when a server uses its own order of preference for suites. */
    PREFER_LOCAL_SUITES(85, Kind.NUMBER),
    /** Class of the AlgorithmConstraints that the application set. */
    CONSTRAINTS(86, Kind.TEXT),
    /** Class of the function with which the application selects the application protocol. */
    ALPN_SELECTOR(87, Kind.TEXT),
    /**
     * Which keys protect a RECORD: 0 none; up to TLS 1.2 one more with every ChangeCipherSpec of its direction; in TLS
     * 1.3 2 for the handshake traffic keys, 3 for the application traffic keys, and one more with every KeyUpdate; in
     * DTLS the record's own epoch. In a FAILURE: that of the record that failed. Absent when the keys are older than
     * the agent.
     */
    EPOCH(100, Kind.NUMBER),
    /**
     * Sequence number of a RECORD in its direction and epoch, from 0, as its MAC or nonce uses it; absent for plain
     * text.
     */
    SEQUENCE(101, Kind.NUMBER),
    /**
     * In a RECORD its number within the connection, from 1, in the order in which the agent saw the records of both
     * directions. In a MESSAGE received over TLS: the records that carried it, whole or in part, one field each; absent
     * when not known.
     */
    RECORD_NUMBER(102, Kind.NUMBER),
    /** In a FAILURE: HandshakeType of a message that JSSE would have accepted next, one field each (RFC 8446, 4). */
    EXPECTED_MESSAGE(110, Kind.NUMBER),
    /** Why a certificate was revoked: java.security.cert.CRLReason by name. */
    REVOCATION_REASON(120, Kind.TEXT),
    /** When it was revoked, milliseconds since 1970-01-01T00:00:00Z. */
    REVOCATION_DATE(121, Kind.NUMBER),
    /** Which authority reported the revocation: the issuer of the CRL, or the OCSP responder; RFC 2253. */
    REVOCATION_AUTHORITY(122, Kind.TEXT),
    /** A key type that the key manager was asked for, as javax.net.ssl.X509KeyManager names it: RSA, EC, EC_RSA. */
    KEY_TYPE(130, Kind.TEXT),
    /** An authority that the peer accepts certificates of: a DER-encoded name, at most 300 of them. */
    ISSUER(131, Kind.BYTES),
    /** Number of authorities that the peer named; absent when it named none, so that any will do. */
    ISSUER_COUNT(132, Kind.NUMBER),
    /**
     * In a FAILURE of which JSSE was not told: {@code closed}, this side closed the socket below its SSLEngine; {@code dropped}, it
     * let go of the SSLEngine, which was noticed when that was collected; {@code exit}, the JVM ended; {@code refused}, this client
     * refused the server's name or certificate itself after the handshake, and closed; {@code no protocol}, the server chose none of
     * the application protocols (ALPN) that this client offered, and the client closed without having sent anything.
     */
    GIVEN_UP(140, Kind.TEXT),
    /**
     * In a FAILURE of an SSLEngine's unfinished handshake: what the engine waited for, {@code NEED_TASK}, {@code NEED_WRAP} or {@code
     * NEED_UNWRAP} (javax.net.ssl.SSLEngineResult.HandshakeStatus).
     */
    ENGINE_STATUS(141, Kind.TEXT),
    /**
     * With {@code NEED_TASK}: {@code due}, the application had not taken the delegated task; {@code taken}, it had, and the task had not
     * begun; {@code running}, it had begun and not ended.
     */
    TASK_STATE(142, Kind.TEXT),
    /** The stack of the running task's thread, one frame each, innermost first. */
    TASK_FRAME(143, Kind.TEXT),
    /**
     * Port that the application named with {@link #PEER_HOST} when it created an SSLEngine; absent when it named none.
     */
    PEER_PORT(144, Kind.NUMBER),
    /** Class of the SSLContextSpi, without its package: DefaultSSLContext, TLSContext, TLS12Context. */
    SSL_CONTEXT(150, Kind.TEXT),
    /**
     * A protocol that JSSE enables by default on a connection of this SSLContext; absent if the enabled protocols are
     * the default, or the agent does not write {@link #SSL_CONTEXT}.
     */
    DEFAULT_PROTOCOL(151, Kind.TEXT),
    /** A cipher suite that JSSE enables by default; absent in the same cases. */
    DEFAULT_SUITE(152, Kind.TEXT),
    /**
     * 1 when the application's key manager is not an X509ExtendedKeyManager, so that JSSE calls it only for an
     * SSLSocket.
     */
    NOT_EXTENDED(153, Kind.NUMBER),
    /** In a FAILURE: the application protocol that this side had chosen by then; a server's selector may have chosen any. */
    SELECTED_ALPN(154, Kind.TEXT),
    /** Class of the SSLSocket, with TLS of its own, that a connection's SSLSocket is layered over; absent where there is none. */
    LAYERED_OVER(155, Kind.TEXT),
    /** How much is captured of the connections of an IMPLEMENTATION's class: {@link Visibility#text()}. */
    VISIBILITY(160, Kind.TEXT),
    /** Path of the jar or directory that a class was loaded from; without one, what is known of its origin. */
    SOURCE(161, Kind.TEXT),
    /** Name of the agent's stack that captures a connection, or an IMPLEMENTATION's connections: jsse, provider. */
    STACK(162, Kind.TEXT);

    /** How a field's value is encoded. */
    public enum Kind {
        /** UTF-8 without terminator. */
        TEXT,
        /** Eight bytes, big-endian. */
        NUMBER,
        /** Bytes as they are. */
        BYTES
    }

    private static final Field[] BY_CODE = new Field[256];

    static {
        for (Field field : values()) {
            BY_CODE[field.code] = field;
        }
    }

    private final int code;
    private final Kind kind;

    Field(int code, Kind kind) {
        this.code = code;
        this.kind = kind;
    }

    /** The field's number in the capture file. */
    public int code() {
        return code;
    }

    /** How its value is encoded. */
    public Kind kind() {
        return kind;
    }

    /** The field with this number, or null for a field of a newer writer that this reader does not know. */
    public static @Nullable Field of(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
