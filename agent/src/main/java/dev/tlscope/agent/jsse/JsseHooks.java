package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.RESULT;
import static dev.tlscope.agent.weave.Value.THIS;
import static dev.tlscope.agent.weave.Value.argument;
import static dev.tlscope.agent.weave.Value.callArgument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The hook table: where in {@code sun.security.ssl} the agent listens. A method whose descriptor changed over the JDKs
 * has all of them in its row. Which of the rows fit a JDK shows in status.
 */
public final class JsseHooks {
    static final int CONTEXT_MADE = 1;
    static final int DISPATCH = 2;
    static final int FATAL = 3;
    static final int HANDSHAKE_FINISHED = 4;
    static final int KICKSTART = 74;
    static final int WARNING = 75;
    static final int SOCKET_HANDSHAKE_OUT = 5;
    static final int ENGINE_HANDSHAKE_OUT = 6;
    static final int SOCKET_ALERT_OUT = 7;
    static final int ENGINE_ALERT_OUT = 8;
    static final int SOCKET_CCS_OUT = 9;
    static final int ENGINE_CCS_OUT = 10;
    static final int SERVER_ALIAS = 21;
    static final int CLIENT_ALIAS = 22;
    static final int SERVER_POSSESSION = 23;
    static final int CLIENT_POSSESSION = 24;
    static final int PREMASTER_DECODE = 25;
    static final int PREMASTER_DECODED = 26;
    static final int PREMASTER_CHECK = 27;
    static final int INPUT_CLOSED = 28;
    static final int OUTPUT_CLOSED = 29;
    static final int PREMASTER_UNPAD = 30;
    static final int SOCKET_TIMEOUT = 31;
    static final int DTLS_HANDSHAKE_OUT = 86;
    static final int DTLS_ALERT_OUT = 87;
    static final int DTLS_CCS_OUT = 88;
    static final int SERVER_ALIAS_11 = 35;
    static final int CLIENT_ALIAS_11 = 36;
    static final int SERVER_POSSESSION_11 = 37;
    static final int CLIENT_POSSESSION_11 = 38;

    private static final String SSL = "sun/security/ssl/";
    private static final String L = "Lsun/security/ssl/";
    private static final String POSSESSION = ")" + L + "SSLPossession;";

    /** All rows. */
    public static final List<Hook> TABLE;

    /** The rows of {@link SocketHooks} too, which are woven later. */
    public static final List<Hook> ALL;

    /** One more than the largest hook number. */
    static final int COUNT;

    static {
        List<Hook> table = new ArrayList<>();
        connections(table);
        messages(table);
        RecordHooks.add(table);
        SecretHooks.add(table);
        keys(table);
        KeyChoiceHooks.add(table);
        CauseHooks.add(table);
        TABLE = Collections.unmodifiableList(table);
        List<Hook> all = new ArrayList<>(table);
        all.addAll(SocketHooks.TABLE);
        ALL = Collections.unmodifiableList(all);
        COUNT = 1 + all.stream().mapToInt(Hook::number).max().orElse(0);
    }

    private JsseHooks() {}

    private static void connections(List<Hook> table) {
        String context = SSL + "TransportContext";
        table.add(Hook.of(
                        CONTEXT_MADE,
                        "context-made",
                        context,
                        "<init>",
                        Where.EXIT,
                        "(" + L + "SSLContextImpl;" + L + "SSLTransport;" + L + "SSLConfiguration;" + L + "InputRecord;"
                                + L + "OutputRecord;Z)V")
                .pass(THIS));
        table.add(Hook.of(DISPATCH, "dispatch", context, "dispatch", Where.ENTER, "(" + L + "Plaintext;)V")
                .pass(THIS, argument(0)));
        table.add(Hook.of(
                        FATAL,
                        "fatal",
                        context,
                        "fatal",
                        Where.ENTER,
                        "(" + L + "Alert;Ljava/lang/String;ZLjava/lang/Throwable;)Ljavax/net/ssl/SSLException;")
                .pass(THIS, argument(0), argument(1), argument(2), argument(3)));
        table.add(Hook.of(
                        HANDSHAKE_FINISHED,
                        "handshake-finished",
                        context,
                        "finishHandshake",
                        Where.ENTER,
                        "()Ljavax/net/ssl/SSLEngineResult$HandshakeStatus;")
                .pass(THIS));
        // Up to TLS 1.2 nothing else leads from a record to a connection that is older than the agent.
        table.add(Hook.of(KICKSTART, "kickstart", context, "kickstart", Where.ENTER, "()V")
                .pass(THIS));
        table.add(Hook.of(WARNING, "warning", context, "warning", Where.ENTER, "(" + L + "Alert;)V")
                .pass(THIS));
        // A timeout is no alert and does not end the connection: it passes by fatal.
        table.add(Hook.of(
                        SOCKET_TIMEOUT,
                        "socket-timeout",
                        SSL + "SSLSocketImpl",
                        "handleException",
                        Where.ENTER,
                        "(Ljava/lang/Exception;)V")
                .pass(THIS, argument(0)));
        table.add(Hook.of(INPUT_CLOSED, "input-closed", SSL + "InputRecord", "close", Where.EXIT, "()V")
                .pass(THIS));
        table.add(Hook.of(OUTPUT_CLOSED, "output-closed", SSL + "OutputRecord", "close", Where.EXIT, "()V")
                .pass(THIS));
    }

    private static void messages(List<Hook> table) {
        String datagram = SSL + "DTLSOutputRecord";
        String socket = SSL + "SSLSocketOutputRecord";
        String engine = SSL + "SSLEngineOutputRecord";
        table.add(
                Hook.of(SOCKET_HANDSHAKE_OUT, "socket-handshake-out", socket, "encodeHandshake", Where.ENTER, "([BII)V")
                        .pass(THIS, argument(0), argument(1), argument(2)));
        table.add(
                Hook.of(ENGINE_HANDSHAKE_OUT, "engine-handshake-out", engine, "encodeHandshake", Where.ENTER, "([BII)V")
                        .pass(THIS, argument(0), argument(1), argument(2)));
        table.add(Hook.of(SOCKET_ALERT_OUT, "socket-alert-out", socket, "encodeAlert", Where.ENTER, "(BB)V")
                .pass(THIS, argument(0), argument(1)));
        table.add(Hook.of(ENGINE_ALERT_OUT, "engine-alert-out", engine, "encodeAlert", Where.ENTER, "(BB)V")
                .pass(THIS, argument(0), argument(1)));
        table.add(Hook.of(SOCKET_CCS_OUT, "socket-ccs-out", socket, "encodeChangeCipherSpec", Where.ENTER, "()V")
                .pass(THIS));
        table.add(Hook.of(ENGINE_CCS_OUT, "engine-ccs-out", engine, "encodeChangeCipherSpec", Where.ENTER, "()V")
                .pass(THIS));
        table.add(Hook.of(DTLS_HANDSHAKE_OUT, "dtls-handshake-out", datagram, "encodeHandshake", Where.ENTER, "([BII)V")
                .pass(THIS, argument(0), argument(1), argument(2)));
        table.add(Hook.of(DTLS_ALERT_OUT, "dtls-alert-out", datagram, "encodeAlert", Where.ENTER, "(BB)V")
                .pass(THIS, argument(0), argument(1)));
        table.add(Hook.of(DTLS_CCS_OUT, "dtls-ccs-out", datagram, "encodeChangeCipherSpec", Where.ENTER, "()V")
                .pass(THIS));
    }

    private static void keys(List<Hook> table) {
        String x509 = SSL + "X509Authentication";
        String premaster = SSL + "RSAKeyExchange$RSAPremasterSecret";
        String decode = "(" + L + "ServerHandshakeContext;Ljava/security/PrivateKey;[B)" + L
                + "RSAKeyExchange$RSAPremasterSecret;";
        possessions(
                table, x509, "[Ljava/lang/String;", SERVER_ALIAS, CLIENT_ALIAS, SERVER_POSSESSION, CLIENT_POSSESSION);
        // Up to JDK 11 the generator asks for one key type after the other.
        possessions(
                table,
                x509 + "$X509PossessionGenerator",
                "Ljava/lang/String;",
                SERVER_ALIAS_11,
                CLIENT_ALIAS_11,
                SERVER_POSSESSION_11,
                CLIENT_POSSESSION_11);
        table.add(Hook.of(PREMASTER_DECODE, "premaster-decode", premaster, "decode", Where.ENTER, decode)
                .pass(argument(0)));
        table.add(Hook.of(PREMASTER_DECODED, "premaster-decoded", premaster, "decode", Where.EXIT, decode)
                .pass(argument(0)));
        // SunJCE takes the padding off here; other providers go through KeyUtil.
        table.add(Hook.of(
                        PREMASTER_UNPAD,
                        "premaster-unpad",
                        "sun/security/rsa/RSAPadding",
                        "unpadForTls",
                        Where.ENTER,
                        "([BII)[B")
                .pass(argument(0), argument(1), argument(2)));
        table.add(Hook.of(
                        PREMASTER_CHECK,
                        "premaster-check",
                        "sun/security/util/KeyUtil",
                        "checkTlsPreMasterSecretKey",
                        Where.ENTER,
                        "(IILjava/security/SecureRandom;[BZ)[B")
                .pass(argument(0), argument(1), argument(3), argument(4)));
    }

    private static void possessions(
            List<Hook> table,
            String owner,
            String keyTypes,
            int serverAlias,
            int clientAlias,
            int serverPossession,
            int clientPossession) {
        String server = "(" + L + "ServerHandshakeContext;" + keyTypes + POSSESSION;
        String client = "(" + L + "ClientHandshakeContext;" + keyTypes + POSSESSION;
        table.add(Hook.of(serverAlias, "server-alias", owner, "createServerPossession", Where.AFTER_CALL, server)
                .inside("getPrivateKey")
                .pass(argument(0), callArgument(0)));
        table.add(Hook.of(clientAlias, "client-alias", owner, "createClientPossession", Where.AFTER_CALL, client)
                .inside("getPrivateKey")
                .pass(argument(0), callArgument(0)));
        table.add(Hook.of(serverPossession, "server-possession", owner, "createServerPossession", Where.EXIT, server)
                .pass(argument(0), RESULT));
        table.add(Hook.of(clientPossession, "client-possession", owner, "createClientPossession", Where.EXIT, client)
                .pass(argument(0), RESULT));
    }
}
