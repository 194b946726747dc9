package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.CALL_RESULT;
import static dev.tlscope.agent.weave.Value.RESULT;
import static dev.tlscope.agent.weave.Value.THIS;
import static dev.tlscope.agent.weave.Value.argument;
import static dev.tlscope.agent.weave.Value.callArgument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.List;

/** The rows for wire records, TLS and DTLS, and for the ciphers that they are counted by. */
final class RecordHooks {
    static final int SOCKET_RECORD_IN = 11;
    static final int ENGINE_RECORD_IN = 12;
    static final int SOCKET_RECORD_OUT = 13;
    static final int ENGINE_DATA_OUT = 14;
    static final int ENGINE_RECORD_OUT = 15;
    static final int SOCKET_UNKNOWN_IN = 16;
    static final int ENGINE_UNKNOWN_IN = 17;
    static final int ENGINE_NO_TLS = 32;
    static final int SOCKET_RECORD_IN_8 = 33;
    static final int SOCKET_UNKNOWN_IN_8 = 34;
    static final int READ_CIPHER = 80;
    static final int WRITE_CIPHER = 81;
    static final int WRITE_CIPHER_UPDATE = 82;
    static final int DTLS_RECORD_IN = 83;
    static final int DTLS_DATA_OUT = 84;
    static final int DTLS_RECORD_OUT = 85;
    static final int SOCKET_V2_HELLO_IN = 90;
    static final int SOCKET_V2_HELLO_IN_8 = 91;
    static final int SOCKET_V2_HELLO_OUT = 92;
    static final int ENGINE_V2_HELLO_OUT = 93;

    private static final String SSL = "sun/security/ssl/";
    private static final String L = "Lsun/security/ssl/";
    private static final String BUFFER = "Ljava/nio/ByteBuffer;";
    private static final String PLAINTEXTS = ")[" + L + "Plaintext;";

    private RecordHooks() {}

    static void add(List<Hook> table) {
        ciphers(table);
        received(table);
        sent(table);
        strangers(table);
        version2(table);
        datagrams(table);
    }

    private static void ciphers(List<Hook> table) {
        table.add(Hook.of(
                        READ_CIPHER,
                        "read-cipher",
                        SSL + "InputRecord",
                        "changeReadCiphers",
                        Where.ENTER,
                        "(" + L + "SSLCipher$SSLReadCipher;)V")
                .pass(THIS, argument(0)));
        table.add(Hook.of(
                        WRITE_CIPHER,
                        "write-cipher",
                        SSL + "OutputRecord",
                        "changeWriteCiphers",
                        Where.ENTER,
                        "(" + L + "SSLCipher$SSLWriteCipher;Z)V")
                .pass(THIS, argument(0)));
        table.add(Hook.of(
                        WRITE_CIPHER_UPDATE,
                        "write-cipher-update",
                        SSL + "OutputRecord",
                        "changeWriteCiphers",
                        Where.ENTER,
                        "(" + L + "SSLCipher$SSLWriteCipher;B)V")
                .pass(THIS, argument(0)));
    }

    /** Before the decryption: afterwards the buffer holds the plaintext. */
    private static void received(List<Hook> table) {
        table.add(Hook.of(
                        SOCKET_RECORD_IN,
                        "socket-record-in",
                        SSL + "SSLSocketInputRecord",
                        "decodeInputRecord",
                        Where.BEFORE_CALL,
                        "(" + PLAINTEXTS)
                .inside("decrypt")
                .pass(THIS));
        // JDK 8 has no field for the fragment: it hands over a buffer with the header before it.
        table.add(Hook.of(
                        SOCKET_RECORD_IN_8,
                        "socket-record-in",
                        SSL + "SSLSocketInputRecord",
                        "decodeInputRecord",
                        Where.BEFORE_CALL,
                        "([B" + PLAINTEXTS)
                .inside("decrypt")
                .pass(THIS, callArgument(1)));
        table.add(Hook.of(
                        ENGINE_RECORD_IN,
                        "engine-record-in",
                        SSL + "SSLEngineInputRecord",
                        "decodeInputRecord",
                        Where.BEFORE_CALL,
                        "(" + BUFFER + PLAINTEXTS)
                .inside("decrypt")
                .pass(THIS, argument(0)));
    }

    private static void sent(List<Hook> table) {
        table.add(Hook.of(
                        SOCKET_RECORD_OUT,
                        "socket-record-out",
                        SSL + "OutputRecord",
                        "encrypt",
                        Where.EXIT,
                        "(" + L + "SSLCipher$SSLWriteCipher;BI)J")
                .pass(THIS, argument(0), argument(1), RESULT));
        table.add(afterEncrypt(
                ENGINE_DATA_OUT,
                "engine-data-out",
                SSL + "SSLEngineOutputRecord",
                "encode",
                "([" + BUFFER + "II" + BUFFER));
        table.add(afterEncrypt(
                ENGINE_RECORD_OUT,
                "engine-record-out",
                SSL + "SSLEngineOutputRecord$HandshakeFragment",
                "acquireCiphertext",
                "(" + BUFFER));
    }

    /** JDK 8 has no DTLS. */
    private static void datagrams(List<Hook> table) {
        // One record of the datagram: JSSE comes again for the next.
        table.add(Hook.of(
                        DTLS_RECORD_IN,
                        "dtls-record-in",
                        SSL + "DTLSInputRecord",
                        "decode",
                        Where.ENTER,
                        "(" + BUFFER + PLAINTEXTS)
                .pass(THIS, argument(0)));
        table.add(afterEncrypt(
                DTLS_DATA_OUT, "dtls-data-out", SSL + "DTLSOutputRecord", "encode", "([" + BUFFER + "II" + BUFFER));
        table.add(afterEncrypt(
                DTLS_RECORD_OUT,
                "dtls-record-out",
                SSL + "DTLSOutputRecord$DTLSFragmenter",
                "acquireCiphertext",
                "(" + BUFFER));
    }

    /** A record was encrypted into the call's last buffers: its cipher, content type, buffer and where it starts. */
    private static Hook afterEncrypt(int number, String id, String className, String method, String parameters) {
        return Hook.of(number, id, className, method, Where.AFTER_CALL, parameters + ")" + L + "Ciphertext;")
                .inside("encrypt")
                .pass(THIS, callArgument(0), callArgument(1), callArgument(2), callArgument(3));
    }

    private static void strangers(List<Hook> table) {
        table.add(Hook.of(
                        SOCKET_UNKNOWN_IN,
                        "socket-unknown-in",
                        SSL + "SSLSocketInputRecord",
                        "handleUnknownRecord",
                        Where.ENTER,
                        "(" + PLAINTEXTS)
                .pass(THIS));
        table.add(Hook.of(
                        SOCKET_UNKNOWN_IN_8,
                        "socket-unknown-in",
                        SSL + "SSLSocketInputRecord",
                        "handleUnknownRecord",
                        Where.ENTER,
                        "([B" + PLAINTEXTS)
                .pass(THIS, argument(0)));
        table.add(Hook.of(
                        ENGINE_UNKNOWN_IN,
                        "engine-unknown-in",
                        SSL + "SSLEngineInputRecord",
                        "handleUnknownRecord",
                        Where.ENTER,
                        "(" + BUFFER + PLAINTEXTS)
                .pass(THIS, argument(0)));
        // Where it makes the exception "plaintext connection?", and only there: no record is read after that.
        table.add(Hook.of(
                        ENGINE_NO_TLS,
                        "engine-no-tls",
                        SSL + "SSLEngineInputRecord",
                        "bytesInCompletePacket",
                        Where.BEFORE_CALL,
                        "(" + BUFFER + ")I")
                .inside("<init>")
                .pass(THIS, argument(0)));
    }

    /** A ClientHello in SSLv2's form (RFC 5246, E.2) passes by the ciphers; an engine's comes in as engine-unknown-in. */
    private static void version2(List<Hook> table) {
        table.add(version2In(SOCKET_V2_HELLO_IN, "(" + PLAINTEXTS));
        table.add(version2In(SOCKET_V2_HELLO_IN_8, "([B" + PLAINTEXTS));
        table.add(version2Out(SOCKET_V2_HELLO_OUT, "socket-v2-hello-out", "SSLSocketOutputRecord"));
        table.add(version2Out(ENGINE_V2_HELLO_OUT, "engine-v2-hello-out", "SSLEngineOutputRecord"));
    }

    private static Hook version2In(int number, String descriptor) {
        return Hook.of(
                        number,
                        "socket-v2-hello-in",
                        SSL + "SSLSocketInputRecord",
                        "handleUnknownRecord",
                        Where.BEFORE_CALL,
                        descriptor)
                .inside("convertToClientHello")
                .pass(THIS, callArgument(0));
    }

    private static Hook version2Out(int number, String id, String className) {
        return Hook.of(number, id, SSL + className, "encodeHandshake", Where.AFTER_CALL, "([BII)V")
                .inside("encodeV2ClientHello")
                .pass(THIS, CALL_RESULT);
    }
}
