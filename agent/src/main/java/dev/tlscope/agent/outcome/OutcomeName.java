package dev.tlscope.agent.outcome;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names of what log, JFR and JMX say of a handshake: OpenTelemetry's where its semantic conventions have one, else ours below
 * {@code tlscope}. The log and JMX write {@link #key()}, JFR {@link #jfr()}; {@code src/docs/names.md} is made of this table.
 */
public enum OutcomeName {
    ERROR_TYPE(
            "error.type",
            Kind.TEXT,
            "failure.cause",
            "id of the cause where it is proven, else the alert or the exception's class"),
    ERROR_MESSAGE("error.message", Kind.TEXT, "failure.summary", "the sentence of the log's line"),
    CERTAIN("tlscope.certain", Kind.FLAG, null, "whether the cause is proven; explain says more where it is not"),
    CONNECTION("tlscope.connection", Kind.NUMBER, "connection", "number of the connection in the capture, from 1"),
    ROLE("tlscope.role", Kind.TEXT, "role", "this JVM's side: client or server"),
    SERVER_ADDRESS("server.address", Kind.TEXT, "peerHost", "host that a client named, else its address"),
    SERVER_PORT("server.port", Kind.NUMBER, null, "port that a client connected to"),
    LOCAL_ADDRESS("network.local.address", Kind.TEXT, "local", "this end"),
    LOCAL_PORT("network.local.port", Kind.NUMBER, "local", "this end's port"),
    PEER_ADDRESS("network.peer.address", Kind.TEXT, "peer", "the other end; absent while it is not known"),
    PEER_PORT("network.peer.port", Kind.NUMBER, "peer", "the other end's port"),
    PROTOCOL_NAME("tls.protocol.name", Kind.TEXT, null, "tls or dtls"),
    PROTOCOL_VERSION("tls.protocol.version", Kind.TEXT, "protocol", "1.3; in JSON as JSSE names it, TLSv1.3"),
    CIPHER("tls.cipher", Kind.TEXT, "cipherSuite", "cipher suite by its IANA name"),
    ESTABLISHED("tls.established", Kind.FLAG, "outcome", "whether the handshake completed"),
    RESUMED("tls.resumed", Kind.FLAG, null, "whether a session was resumed"),
    ALERT("tlscope.alert", Kind.TEXT, "failure.alert", "name of the alert that ended it; absent when there was none"),
    ALERT_DIRECTION("tlscope.alert.direction", Kind.TEXT, null, "sent or received"),
    PEER_SUBJECT(
            "tls.server.subject",
            Kind.TEXT,
            "serverCertificates.subject",
            "of the server's certificate; a client's is tls.client.subject"),
    PEER_ISSUER(
            "tls.server.issuer", Kind.TEXT, "serverCertificates.issuer", "its issuer; a client's is tls.client.issuer"),
    PEER_NOT_AFTER(
            "tls.server.not_after",
            Kind.TEXT,
            "serverCertificates.notAfter",
            "when it expires; a client's is tls.client.not_after"),
    EXCEPTION_TYPE("exception.type", Kind.TEXT, null, "class of the innermost exception"),
    EXCEPTION_MESSAGE("exception.message", Kind.TEXT, null, "its message"),
    THREAD("thread.name", Kind.TEXT, null, "thread on which it failed");

    /** The type of a value. */
    public enum Kind {
        /** A String. */
        TEXT,
        /** A Long. */
        NUMBER,
        /** A Boolean. */
        FLAG
    }

    private static final String SERVER = "tls.server.";

    private final String key;
    private final Kind kind;
    private final @Nullable String json;
    private final String description;

    OutcomeName(String key, Kind kind, @Nullable String json, String description) {
        this.key = key;
        this.kind = kind;
        this.json = json;
        this.description = description;
    }

    /** As the log and JMX write it. */
    public String key() {
        return key;
    }

    /** As the log and JMX write it of a peer of this JVM's role. */
    public String key(boolean client) {
        return client || !key.startsWith(SERVER) ? key : "tls.client." + key.substring(SERVER.length());
    }

    public Kind kind() {
        return kind;
    }

    /** Where {@code export --to json} has it; null when it does not. */
    public @Nullable String json() {
        return json;
    }

    /** What it says, in a phrase. */
    public String description() {
        return description;
    }

    /** As JFR's events write it, whose fields have Java's names: {@code tlsProtocolVersion}. */
    public String jfr() {
        return camelCase(
                this == PEER_SUBJECT || this == PEER_ISSUER || this == PEER_NOT_AFTER
                        ? "tls.peer." + key.substring(SERVER.length())
                        : key);
    }

    /** {@code tls.protocol.version} as {@code tlsProtocolVersion}. */
    public static String camelCase(String dotted) {
        StringBuilder name = new StringBuilder();
        boolean up = false;
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            if (c == '.' || c == '_') {
                up = true;
            } else {
                name.append(up ? String.valueOf(c).toUpperCase(Locale.ROOT) : String.valueOf(c));
                up = false;
            }
        }
        return name.toString();
    }
}
