package dev.tlscope.it.raw;

/** Alerts that are malformed, unknown or out of place (RFC 8446, 6). */
final class AlertCases {
    private static final TlsVersion[] ALL = TlsVersion.values();

    private AlertCases() {}

    static void add(RefusalCases cases) {
        both(cases, "alert-one-byte", (byte) 2);
        both(cases, "alert-three-bytes", (byte) 2, (byte) 40, (byte) 0);
        both(cases, "alert-empty");
        both(cases, "alert-level-3", (byte) 3, (byte) 40);
        both(cases, "alert-unknown-200", (byte) 2, (byte) 200);
        both(cases, "alert-unknown-warning-99", (byte) 1, (byte) 99);
        both(cases, "alert-fatal-handshake-failure", (byte) 2, (byte) 40);
        both(cases, "alert-fatal-close-notify", (byte) 2, (byte) 0);
        both(cases, "alert-fatal-user-canceled", (byte) 2, (byte) 90);
        both(cases, "alert-close-notify", (byte) 1, (byte) 0);
        both(cases, "alert-warning-handshake-failure", (byte) 1, (byte) 40);
        both(cases, "alert-warning-no-certificate", (byte) 1, (byte) 41);
        both(cases, "alert-warning-bad-certificate", (byte) 1, (byte) 42);
        both(cases, "alert-fatal-unrecognized-name", (byte) 2, (byte) 112);
        both(cases, "alert-fatal-bad-record-mac", (byte) 2, (byte) 20);
        both(cases, "alert-fatal-missing-extension", (byte) 2, (byte) 109);
        cases.atServer("alert-first-fatal", c -> c.plain(PlainRecord.ALERT, (byte) 2, (byte) 40), ALL);
        cases.atServer("alert-first-close-notify", c -> c.plain(PlainRecord.ALERT, (byte) 1, (byte) 0), ALL);
        cases.atServer("alert-first-unknown", c -> c.plain(PlainRecord.ALERT, (byte) 2, (byte) 200), ALL);
    }

    /** After the ClientHello, which JSSE has received as a server or sent as a client. */
    private static void both(RefusalCases cases, String name, byte... content) {
        cases.atServer(
                name + "-from-client",
                c -> {
                    c.hello();
                    c.nextMessage(HandshakeBytes.SERVER_HELLO);
                    c.plain(PlainRecord.ALERT, content);
                },
                TlsVersion.TLS12);
        cases.atClient(
                name + "-from-server",
                s -> s.readHello().plain(PlainRecord.ALERT, content),
                TlsVersion.TLS12,
                TlsVersion.TLS13);
    }
}
