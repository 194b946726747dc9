package dev.tlscope.agent.jsse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code sun.security.ssl} objects. The only place that names their fields; each method says which class it
 * takes. A field that a JDK lacks reads as null.
 */
final class Jsse {
    private static final JsseField CONTEXT_INPUT = new JsseField("inputRecord");
    private static final JsseField CONTEXT_OUTPUT = new JsseField("outputRecord");
    private static final JsseField CONTEXT_TRANSPORT = new JsseField("transport");
    private static final JsseField CONTEXT_CONFIG = new JsseField("sslConfig");
    private static final JsseField CONTEXT_HANDSHAKE = new JsseField("handshakeContext");
    private static final JsseField CONTEXT_CLOSE_REASON = new JsseField("closeReason");
    private static final JsseField CONTEXT_CLOSE_NOTIFIED = new JsseField("isInputCloseNotified");
    private static final JsseField CONTEXT_CANCELED = new JsseField("peerUserCanceled");
    private static final JsseField CONTEXT_NEGOTIATED = new JsseField("isNegotiated");
    private static final JsseField CONFIG_CLIENT_MODE = new JsseField("isClientMode");
    private static final JsseField HANDSHAKE_CONTEXT = new JsseField("conContext");
    private static final JsseField HANDSHAKE_PROTOCOL = new JsseField("negotiatedProtocol");
    private static final JsseField HANDSHAKE_SUITE = new JsseField("negotiatedCipherSuite");
    private static final JsseField HANDSHAKE_RESUMED = new JsseField("isResumption");
    private static final JsseField HANDSHAKE_RANDOM = new JsseField("clientHelloRandom");
    private static final JsseField RANDOM_BYTES = new JsseField("randomBytes");
    private static final JsseField PLAINTEXT_TYPE = new JsseField("contentType");
    private static final JsseField PLAINTEXT_FRAGMENT = new JsseField("fragment");
    private static final JsseField ALERT_ID = new JsseField("id");
    private static final JsseField PROTOCOL_NAME = new JsseField("name");
    private static final JsseField SUITE_NAME = new JsseField("name");
    private static final JsseField INPUT_CLOSED = new JsseField("isClosed");
    private static final JsseField OUTPUT_CLOSED = new JsseField("isClosed");
    private static final JsseField INPUT_TC = new JsseField("tc");
    private static final JsseField OUTPUT_TC = new JsseField("tc");
    private static final JsseField INPUT_CIPHER = new JsseField("readCipher");
    private static final JsseField CIPHER_PROTOCOL = new JsseField("protocolVersion");
    private static final JsseField PROTOCOL_ID = new JsseField("id");
    private static final JsseField INPUT_HEADER = new JsseField("header");
    private static final JsseField INPUT_BODY = new JsseField("recordBody");
    private static final JsseField INPUT_HELLO_VERSION = new JsseField("helloVersion");
    private static final JsseField SOCKET_BEGUN = new JsseField("handshakeBuffer");
    private static final JsseField ENGINE_BEGUN = new JsseField("handshakeBuffer");
    private static final JsseField FRAGMENT_OUTER = new JsseField("this$0");
    private static final JsseField FRAGMENTER_OUTER = new JsseField("this$0");
    private static final JsseField POSSESSION_KEY = new JsseField("popPrivateKey");
    private static final JsseField POSSESSION_CERTIFICATES = new JsseField("popCerts");
    private static final JsseField SOCKET_CONTEXT = new JsseField("conContext");
    private static final JsseField ENGINE_CONTEXT = new JsseField("conContext");
    private static final JsseField STREAM_OUTER = new JsseField("this$0");
    private static final JsseField TASK_ENGINE = new JsseField("engine");
    private static final JsseField CONTEXT_THROWN = new JsseField("delegatedThrown");
    private static final JsseField HANDSHAKE_CONSUMERS = new JsseField("handshakeConsumers");
    private static final JsseField SOCKET_PEER_HOST = new JsseField("peerHost");

    private static final int TLS13 = 0x0304;
    private static final int SSL2_MAJOR = 0;
    private static final int SSL2_MINOR = 2;
    private static final String SSL2_HELLO = "SSLv2Hello";

    private Jsse() {}

    // TransportContext

    static @Nullable Object inputRecord(Object context) {
        return CONTEXT_INPUT.get(context);
    }

    static @Nullable Object outputRecord(Object context) {
        return CONTEXT_OUTPUT.get(context);
    }

    static @Nullable Object transport(Object context) {
        return CONTEXT_TRANSPORT.get(context);
    }

    static @Nullable Object handshakeContext(Object context) {
        return CONTEXT_HANDSHAKE.get(context);
    }

    static boolean isClient(Object context) {
        return CONFIG_CLIENT_MODE.isTrue(CONTEXT_CONFIG.get(context));
    }

    static boolean isNegotiated(Object context) {
        return CONTEXT_NEGOTIATED.isTrue(context);
    }

    /** True when TransportContext.fatal was here before: what follows wraps the first failure. */
    static boolean hasFailed(Object context) {
        return CONTEXT_CLOSE_REASON.get(context) != null;
    }

    /** True while the first handshake is under way, or another in which the peer's close_notify came. */
    static boolean isUnfinished(Object context) {
        return CONTEXT_HANDSHAKE.get(context) != null
                && (!isNegotiated(context) || CONTEXT_CLOSE_NOTIFIED.isTrue(context));
    }

    /** True when the peer's user_canceled and close_notify came (RFC 8446, 6.1). */
    static boolean isCanceled(Object context) {
        return CONTEXT_CANCELED.isTrue(context) && CONTEXT_CLOSE_NOTIFIED.isTrue(context);
    }

    /** What a delegated task of an SSLEngine threw, until the next wrap or unwrap throws it on. */
    static @Nullable Throwable delegatedThrown(Object context) {
        return (Throwable) CONTEXT_THROWN.get(context);
    }

    // HandshakeContext

    /** HandshakeTypes (Byte) that it has a consumer for at this moment. */
    static @Nullable Collection<?> expectedTypes(@Nullable Object handshake) {
        Object consumers = HANDSHAKE_CONSUMERS.get(handshake);
        return consumers instanceof Map ? ((Map<?, ?>) consumers).keySet() : null;
    }

    static @Nullable Object transportContext(Object handshake) {
        return HANDSHAKE_CONTEXT.get(handshake);
    }

    static @Nullable String protocol(@Nullable Object handshake) {
        return (String) PROTOCOL_NAME.get(HANDSHAKE_PROTOCOL.get(handshake));
    }

    static @Nullable String cipherSuite(@Nullable Object handshake) {
        return (String) SUITE_NAME.get(HANDSHAKE_SUITE.get(handshake));
    }

    static boolean isResumption(@Nullable Object handshake) {
        return HANDSHAKE_RESUMED.isTrue(handshake);
    }

    static byte @Nullable [] clientRandom(Object handshake) {
        return (byte[]) RANDOM_BYTES.get(HANDSHAKE_RANDOM.get(handshake));
    }

    // Plaintext, Alert

    static int contentType(Object plaintext) {
        Byte type = (Byte) PLAINTEXT_TYPE.get(plaintext);
        return type == null ? -1 : type;
    }

    static @Nullable ByteBuffer fragment(Object plaintext) {
        return (ByteBuffer) PLAINTEXT_FRAGMENT.get(plaintext);
    }

    static int alertId(Object alert) {
        Byte id = (Byte) ALERT_ID.get(alert);
        return id == null ? -1 : id & 0xff;
    }

    // InputRecord, OutputRecord

    /** The TransportContext; null before a handshake was finished, and of any other object. */
    static @Nullable Object contextOfRecord(Object record) {
        String name = record.getClass().getSimpleName();
        return name.endsWith("InputRecord")
                ? INPUT_TC.get(record)
                : name.endsWith("OutputRecord") ? OUTPUT_TC.get(record) : null;
    }

    static boolean isInputClosed(@Nullable Object inputRecord) {
        return inputRecord == null || INPUT_CLOSED.isTrue(inputRecord);
    }

    static boolean isOutputClosed(@Nullable Object outputRecord) {
        return outputRecord == null || OUTPUT_CLOSED.isTrue(outputRecord);
    }

    /**
     * Does a record of type 23 that is about to be decrypted carry application data (or follow a TLS 1.3 handshake)?
     * Told from fields alone, as this runs for every record: up to TLS 1.2 the type says it, in TLS 1.3 InputRecord.tc
     * is set when the handshake is finished (TransportContext.finishHandshake).
     */
    static boolean isAfterHandshake(Object inputRecord) {
        if (INPUT_TC.get(inputRecord) != null) {
            return true;
        }
        Integer id = (Integer) PROTOCOL_ID.get(CIPHER_PROTOCOL.get(INPUT_CIPHER.get(inputRecord)));
        return id != null && id < TLS13;
    }

    /** SSLSocketInputRecord: the five bytes before the fragment. */
    static byte @Nullable [] header(Object socketInputRecord) {
        return (byte[]) INPUT_HEADER.get(socketInputRecord);
    }

    /** SSLSocketInputRecord: the fragment. */
    static @Nullable ByteBuffer body(Object socketInputRecord) {
        return (ByteBuffer) INPUT_BODY.get(socketInputRecord);
    }

    /**
     * InputRecord.handleUnknownRecord: a ClientHello in SSLv2's form that offers more than SSLv2, with SSLv2Hello enabled.
     *
     * @param header the record's first five bytes
     */
    static boolean takesVersion2(Object inputRecord, byte[] header) {
        boolean isHello = (header[0] & 0x80) != 0 && header[2] == 1;
        boolean offersMore = header[3] != SSL2_MAJOR || header[4] != SSL2_MINOR;
        return isHello && offersMore && SSL2_HELLO.equals(PROTOCOL_NAME.get(INPUT_HELLO_VERSION.get(inputRecord)));
    }

    /** SSLSocketInputRecord, SSLEngineInputRecord: does it hold the beginning of a handshake message, whose rest is to come? */
    static boolean hasBegunMessage(Object inputRecord) {
        boolean engine = inputRecord.getClass().getSimpleName().startsWith("SSLEngine");
        ByteBuffer begun = (ByteBuffer) (engine ? ENGINE_BEGUN : SOCKET_BEGUN).get(inputRecord);
        return begun != null && begun.hasRemaining();
    }

    /** OutputRecord of a socket: the bytes that encrypt left in its buffer. */
    static byte[] encrypted(Object outputRecord) {
        return ((ByteArrayOutputStream) outputRecord).toByteArray();
    }

    /** SSLEngineOutputRecord of its inner HandshakeFragment. */
    static @Nullable Object outer(Object handshakeFragment) {
        return FRAGMENT_OUTER.get(handshakeFragment);
    }

    /** DTLSOutputRecord of its inner DTLSFragmenter. */
    static @Nullable Object outerOfFragmenter(Object fragmenter) {
        return FRAGMENTER_OUTER.get(fragmenter);
    }

    // X509Possession, SSLSocketImpl

    static @Nullable PrivateKey privateKey(Object possession) {
        Object key = POSSESSION_KEY.get(possession);
        return key instanceof PrivateKey ? (PrivateKey) key : null;
    }

    static X509Certificate @Nullable [] certificates(Object possession) {
        return (X509Certificate[]) POSSESSION_CERTIFICATES.get(possession);
    }

    static @Nullable Object contextOfSocket(Object socket) {
        return SOCKET_CONTEXT.get(socket);
    }

    static @Nullable Object contextOfEngine(@Nullable Object engine) {
        return ENGINE_CONTEXT.get(engine);
    }

    /** SSLSocketImpl of its AppOutputStream. */
    static @Nullable Object socketOfStream(Object stream) {
        return STREAM_OUTER.get(stream);
    }

    /** SSLEngineImpl of its DelegatedTask. */
    static @Nullable Object engineOfTask(Object task) {
        return TASK_ENGINE.get(task);
    }

    static @Nullable String peerHost(Object socket) {
        return (String) SOCKET_PEER_HOST.get(socket);
    }
}
