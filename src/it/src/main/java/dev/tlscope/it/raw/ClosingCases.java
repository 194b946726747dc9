package dev.tlscope.it.raw;

/** The peer ends its stream without an alert, at each stage (RFC 8446, 6.1). */
final class ClosingCases {
    private static final TlsVersion[] ALL = TlsVersion.values();

    private ClosingCases() {}

    static void add(RefusalCases cases) {
        cases.atServer("close-before-hello", RawPeer::end, ALL);
        cases.atServer(
                "close-in-record-header",
                c -> {
                    c.bytes((byte) 22, (byte) 3);
                    c.end();
                },
                ALL);
        cases.atServer(
                "close-in-hello",
                c -> {
                    c.bytes(java.util.Arrays.copyOf(
                            PlainRecord.encode(22, 0x0301, c.draft().message()), 60));
                    c.end();
                },
                ALL);
        cases.atServer(
                "close-after-hello",
                c -> {
                    c.hello();
                    c.nextMessage(HandshakeBytes.SERVER_HELLO);
                    c.end();
                },
                ALL);
        cases.atServer12("close-after-exchange", c -> {
            c.hello();
            c.readServerFlight().keyExchange().end();
        });
        cases.atServer12("close-after-ccs", c -> {
            c.hello();
            c.readServerFlight().keyExchange().changeKeys().end();
        });
        cases.atServer13("close-before-finished", c -> {
            c.hello();
            c.readServerFlight().end();
        });
        cases.atClient("close-after-client-hello", s -> s.readHello().end(), ALL);
        cases.atClient(
                "close-in-server-hello",
                s -> {
                    s.readHello();
                    s.bytes(OctetWriter.hex("160303 0050 0200"));
                    s.end();
                },
                ALL);
        cases.atClient("close-after-server-hello", s -> s.readHello().helloThenEnd(), ALL);
        cases.atClient12(
                "close-after-server-flight", s -> s.flight().readClientFlight().end());
        cases.atClient12(
                "close-after-server-ccs",
                s -> s.flight().readClientFlight().changeKeys().end());
        cases.atClient13(
                "close-before-server-finished",
                s -> s.start().encryptedExtensions(none -> {}).end());
        cases.atClient13("close-in-encrypted-record", s -> {
            s.start();
            s.bytes(OctetWriter.hex("170303 0050 0200"));
            s.end();
        });
    }
}
