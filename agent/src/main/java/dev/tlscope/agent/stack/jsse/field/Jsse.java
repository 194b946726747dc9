package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code sun.security.ssl} objects. Each method names the class that it reads. A field that a JDK lacks reads as
 * null.
 */
public final class Jsse {
    private static final JdkField CONTEXT_INPUT = new JdkField("inputRecord");
    private static final JdkField CONTEXT_OUTPUT = new JdkField("outputRecord");
    private static final JdkField CONTEXT_TRANSPORT = new JdkField("transport");
    private static final JdkField CONTEXT_CONFIG = new JdkField("sslConfig");
    private static final JdkField CONTEXT_HANDSHAKE = new JdkField("handshakeContext");
    private static final JdkField CONTEXT_CLOSE_REASON = new JdkField("closeReason");
    private static final JdkField CONTEXT_CLOSE_NOTIFIED = new JdkField("isInputCloseNotified");
    private static final JdkField CONTEXT_CANCELED = new JdkField("peerUserCanceled");
    private static final JdkField CONTEXT_BROKEN = new JdkField("isBroken");
    private static final JdkField CONTEXT_NEGOTIATED = new JdkField("isNegotiated");
    private static final JdkField CONTEXT_ALPN = new JdkField("applicationProtocol");
    private static final JdkField CONFIG_ALPN = new JdkField("applicationProtocols");
    private static final JdkField CONFIG_CLIENT_MODE = new JdkField("isClientMode");
    private static final JdkField HANDSHAKE_CONTEXT = new JdkField("conContext");
    private static final JdkField HANDSHAKE_PROTOCOL = new JdkField("negotiatedProtocol");
    private static final JdkField HANDSHAKE_SUITE = new JdkField("negotiatedCipherSuite");
    private static final JdkField HANDSHAKE_ALPN = new JdkField("applicationProtocol");
    private static final JdkField HANDSHAKE_RESUMED = new JdkField("isResumption");
    private static final JdkField HANDSHAKE_RANDOM = new JdkField("clientHelloRandom");
    private static final JdkField RANDOM_BYTES = new JdkField("randomBytes");
    private static final JdkField PLAINTEXT_TYPE = new JdkField("contentType");
    private static final JdkField PLAINTEXT_FRAGMENT = new JdkField("fragment");
    private static final JdkField ALERT_ID = new JdkField("id");
    private static final JdkField PROTOCOL_NAME = new JdkField("name");
    private static final JdkField SUITE_NAME = new JdkField("name");
    private static final JdkField INPUT_CLOSED = new JdkField("isClosed");
    private static final JdkField OUTPUT_CLOSED = new JdkField("isClosed");
    private static final JdkField INPUT_TC = new JdkField("tc");
    private static final JdkField OUTPUT_TC = new JdkField("tc");
    private static final JdkField INPUT_CIPHER = new JdkField("readCipher");
    private static final JdkField CIPHER_PROTOCOL = new JdkField("protocolVersion");
    private static final JdkField PROTOCOL_ID = new JdkField("id");
    private static final JdkField INPUT_HEADER = new JdkField("header");
    private static final JdkField INPUT_BODY = new JdkField("recordBody");
    private static final JdkField INPUT_HELLO_VERSION = new JdkField("helloVersion");
    private static final JdkField SOCKET_BEGUN = new JdkField("handshakeBuffer");
    private static final JdkField ENGINE_BEGUN = new JdkField("handshakeBuffer");
    private static final JdkField FRAGMENT_OUTER = new JdkField("this$0");
    private static final JdkField FRAGMENTER_OUTER = new JdkField("this$0");
    private static final JdkField POSSESSION_KEY = new JdkField("popPrivateKey");
    private static final JdkField POSSESSION_CERTIFICATES = new JdkField("popCerts");
    private static final JdkField SOCKET_CONTEXT = new JdkField("conContext");
    private static final JdkField ENGINE_CONTEXT = new JdkField("conContext");
    private static final JdkField STREAM_OUTER = new JdkField("this$0");
    private static final JdkField TASK_ENGINE = new JdkField("engine");
    private static final JdkField CONTEXT_THROWN = new JdkField("delegatedThrown");
    private static final JdkField HANDSHAKE_CONSUMERS = new JdkField("handshakeConsumers");
    private static final JdkField SOCKET_BELOW = new JdkField("self");
    private static final JdkField SOCKET_PEER_HOST = new JdkField("peerHost");

    private static final int TLS13 = 0x0304;
    private static final int SSL2_MAJOR = 0;
    private static final int SSL2_MINOR = 2;
    private static final String SSL2_HELLO = "SSLv2Hello";

    private Jsse() {}

    // TransportContext

    public static @Nullable Object inputRecord(Object context) {
        return CONTEXT_INPUT.get(context);
    }

    public static @Nullable Object outputRecord(Object context) {
        return CONTEXT_OUTPUT.get(context);
    }

    public static @Nullable Object transport(Object context) {
        return CONTEXT_TRANSPORT.get(context);
    }

    public static @Nullable Object handshakeContext(Object context) {
        return CONTEXT_HANDSHAKE.get(context);
    }

    public static boolean isClient(Object context) {
        return CONFIG_CLIENT_MODE.isTrue(CONTEXT_CONFIG.get(context));
    }

    /** Whether the handshake of a TransportContext has begun, or is over. */
    public static boolean hasBegun(Object context) {
        return handshakeContext(context) != null || isNegotiated(context) || CONTEXT_BROKEN.isTrue(context);
    }

    public static boolean isNegotiated(Object context) {
        return CONTEXT_NEGOTIATED.isTrue(context);
    }

    /** True when the server chose none of the application protocols that this client offered (RFC 7301, 3.2). */
    public static boolean isWithoutProtocol(Object context) {
        return "".equals(CONTEXT_ALPN.get(context)) && offeredProtocols(context).length > 0;
    }

    /** The application protocols that the application set. */
    public static String[] offeredProtocols(Object context) {
        Object offered = CONFIG_ALPN.get(CONTEXT_CONFIG.get(context));
        return offered instanceof String[] ? (String[]) offered : new String[0];
    }

    /** True when TransportContext.fatal was called before: a later call wraps the first failure. */
    public static boolean hasFailed(Object context) {
        return CONTEXT_CLOSE_REASON.get(context) != null;
    }

    /** True during the first handshake, and during a later one in which the peer's close_notify was received. */
    public static boolean isUnfinished(Object context) {
        return CONTEXT_HANDSHAKE.get(context) != null
                && (!isNegotiated(context) || CONTEXT_CLOSE_NOTIFIED.isTrue(context));
    }

    /** True when the peer's user_canceled and close_notify were received (RFC 8446, 6.1). */
    public static boolean isCanceled(Object context) {
        return CONTEXT_CANCELED.isTrue(context) && CONTEXT_CLOSE_NOTIFIED.isTrue(context);
    }

    /** The exception that a delegated task of an SSLEngine threw, until the next wrap or unwrap throws it. */
    public static @Nullable Throwable delegatedThrown(Object context) {
        return (Throwable) CONTEXT_THROWN.get(context);
    }

    // HandshakeContext

    /** The HandshakeTypes (Byte) that it currently has a consumer for. */
    public static @Nullable Collection<?> expectedTypes(@Nullable Object handshake) {
        Object consumers = HANDSHAKE_CONSUMERS.get(handshake);
        return consumers instanceof Map ? ((Map<?, ?>) consumers).keySet() : null;
    }

    public static @Nullable Object transportContext(Object handshake) {
        return HANDSHAKE_CONTEXT.get(handshake);
    }

    public static @Nullable String protocol(@Nullable Object handshake) {
        return (String) PROTOCOL_NAME.get(HANDSHAKE_PROTOCOL.get(handshake));
    }

    public static @Nullable String cipherSuite(@Nullable Object handshake) {
        return (String) SUITE_NAME.get(HANDSHAKE_SUITE.get(handshake));
    }

    /** The application protocol that was chosen; null before. */
    public static @Nullable String applicationProtocol(@Nullable Object handshake) {
        return (String) HANDSHAKE_ALPN.get(handshake);
    }

    public static boolean isResumption(@Nullable Object handshake) {
        return HANDSHAKE_RESUMED.isTrue(handshake);
    }

    public static byte @Nullable [] clientRandom(Object handshake) {
        return (byte[]) RANDOM_BYTES.get(HANDSHAKE_RANDOM.get(handshake));
    }

    // Plaintext, Alert

    public static int contentType(Object plaintext) {
        return PLAINTEXT_TYPE.number(plaintext, -1);
    }

    public static @Nullable ByteBuffer fragment(Object plaintext) {
        return (ByteBuffer) PLAINTEXT_FRAGMENT.get(plaintext);
    }

    public static int alertId(Object alert) {
        int id = ALERT_ID.number(alert, -1);
        return id == -1 ? -1 : id & 0xff;
    }

    // InputRecord, OutputRecord

    /** The TransportContext; null before the first handshake has finished, and for any other object. */
    public static @Nullable Object contextOfRecord(Object record) {
        String name = record.getClass().getName();
        return name.endsWith("InputRecord")
                ? INPUT_TC.get(record)
                : name.endsWith("OutputRecord") ? OUTPUT_TC.get(record) : null;
    }

    public static boolean isInputClosed(@Nullable Object inputRecord) {
        return inputRecord == null || INPUT_CLOSED.isTrue(inputRecord);
    }

    public static boolean isOutputClosed(@Nullable Object outputRecord) {
        return outputRecord == null || OUTPUT_CLOSED.isTrue(outputRecord);
    }

    /**
     * True when a record of type 23 that is about to be decrypted carries application data, or follows a TLS 1.3
     * handshake. This runs for every record, so it reads only fields: up to TLS 1.2 the type is enough; in TLS 1.3
     * InputRecord.tc is set when the handshake has finished (TransportContext.finishHandshake).
     */
    public static boolean isAfterHandshake(Object inputRecord) {
        if (INPUT_TC.get(inputRecord) != null) {
            return true;
        }
        return PROTOCOL_ID.number(CIPHER_PROTOCOL.get(INPUT_CIPHER.get(inputRecord)), TLS13) < TLS13;
    }

    /** SSLSocketInputRecord: the header's five bytes, before the fragment. */
    public static byte @Nullable [] header(Object socketInputRecord) {
        return (byte[]) INPUT_HEADER.get(socketInputRecord);
    }

    /** SSLSocketInputRecord: the fragment. */
    public static @Nullable ByteBuffer body(Object socketInputRecord) {
        return (ByteBuffer) INPUT_BODY.get(socketInputRecord);
    }

    /**
     * InputRecord.handleUnknownRecord: true for an SSLv2 CLIENT-HELLO that offers more than SSLv2, if SSLv2Hello is
     * enabled.
     *
     * @param header the record's first five bytes
     */
    public static boolean takesVersion2(Object inputRecord, byte[] header) {
        boolean isHello = (header[0] & 0x80) != 0 && header[2] == 1;
        boolean offersMore = header[3] != SSL2_MAJOR || header[4] != SSL2_MINOR;
        return isHello && offersMore && SSL2_HELLO.equals(PROTOCOL_NAME.get(INPUT_HELLO_VERSION.get(inputRecord)));
    }

    /**
     * SSLSocketInputRecord, SSLEngineInputRecord: true when it holds the beginning of a handshake message that is not
     * yet complete.
     */
    public static boolean hasBegunMessage(Object inputRecord) {
        boolean engine = inputRecord.getClass().getName().startsWith("sun.security.ssl.SSLEngine");
        ByteBuffer begun = (ByteBuffer) (engine ? ENGINE_BEGUN : SOCKET_BEGUN).get(inputRecord);
        return begun != null && begun.hasRemaining();
    }

    /** OutputRecord of a socket: the bytes in its buffer after encrypt. */
    public static byte[] encrypted(Object outputRecord) {
        return ((ByteArrayOutputStream) outputRecord).toByteArray();
    }

    /** SSLEngineOutputRecord of its inner HandshakeFragment. */
    public static @Nullable Object outer(Object handshakeFragment) {
        return FRAGMENT_OUTER.get(handshakeFragment);
    }

    /** DTLSOutputRecord of its inner DTLSFragmenter. */
    public static @Nullable Object outerOfFragmenter(Object fragmenter) {
        return FRAGMENTER_OUTER.get(fragmenter);
    }

    // X509Possession, SSLSocketImpl

    public static @Nullable PrivateKey privateKey(Object possession) {
        Object key = POSSESSION_KEY.get(possession);
        return key instanceof PrivateKey ? (PrivateKey) key : null;
    }

    public static X509Certificate @Nullable [] certificates(Object possession) {
        return (X509Certificate[]) POSSESSION_CERTIFICATES.get(possession);
    }

    public static @Nullable Object contextOfSocket(Object socket) {
        return SOCKET_CONTEXT.get(socket);
    }

    public static @Nullable Object contextOfEngine(@Nullable Object engine) {
        return ENGINE_CONTEXT.get(engine);
    }

    /** SSLSocketImpl of its AppOutputStream. */
    public static @Nullable Object socketOfStream(Object stream) {
        return STREAM_OUTER.get(stream);
    }

    /** SSLEngineImpl of its DelegatedTask. */
    public static @Nullable Object engineOfTask(Object task) {
        return TASK_ENGINE.get(task);
    }

    /** BaseSSLSocketImpl: the class of the JSSE socket that the application layered this one over; null for any other socket. */
    public static @Nullable String layeredOver(Object socket) {
        Object below = SOCKET_BELOW.get(socket);
        return below != null
                        && below != socket
                        && below.getClass().getClassLoader() == null
                        && SOCKET_CONTEXT.get(below) != null
                ? below.getClass().getName()
                : null;
    }

    public static @Nullable String peerHost(Object socket) {
        return (String) SOCKET_PEER_HOST.get(socket);
    }
}
