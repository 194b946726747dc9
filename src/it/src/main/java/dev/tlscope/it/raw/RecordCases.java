package dev.tlscope.it.raw;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Records, and bytes that are not records, that the record layer rejects before there are keys (RFC 8446, 5.1). */
final class RecordCases {
    private static final TlsVersion[] ALL = TlsVersion.values();
    private static final int TLS10 = 0x0301;

    private RecordCases() {}

    static void add(RefusalCases cases) {
        first(cases);
        atServer(cases);
        fragments(cases);
        atClient(cases);
    }

    private static void first(RefusalCases cases) {
        text(cases, "first-http", "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        text(cases, "first-proxy-v1", "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n");
        text(cases, "first-ssh", "SSH-2.0-OpenSSH_9.6\r\n");
        text(cases, "first-redis", "*1\r\n$4\r\nPING\r\n");
        bytes(cases, "first-proxy-v2", "0d0a0d0a000d0a515549540a 2111000c c0000201 c0000202 dc04 01bb");
        bytes(cases, "first-postgres", "00000008 04d2162f");
        bytes(cases, "first-zeros", "0000000000000000");
        bytes(
                cases,
                "first-sslv2",
                "802e 01 0002 0015 0000 0010 010080 020080 030080 040080 050080 060040 0700c0"
                        + "00112233445566778899aabbccddeeff");
        bytes(
                cases,
                "first-sslv2-for-tls",
                "802b 01 0303 0012 0000 0010 00009c 00002f 0000ff 00c02f 00c013 00009e"
                        + "00112233445566778899aabbccddeeff");
    }

    private static void atServer(RefusalCases cases) {
        cases.atServer(
                        "record-version-2",
                        c -> c.bytes(PlainRecord.encode(22, 0x0200, c.draft().message())),
                        ALL)
                .overEngines();
        cases.atServer("record-type-99", c -> c.plain(99, new byte[4]), ALL);
        cases.atServer("record-heartbeat", c -> c.plain(24, new byte[4]), ALL);
        cases.atServer(
                "record-too-long",
                c -> c.bytes(new OctetWriter()
                        .number(1, 22)
                        .number(2, TLS10)
                        .number(2, 40_000)
                        .raw(new byte[40_000])
                        .bytes()),
                ALL);
        cases.atServer("record-empty-handshake", c -> c.plain(PlainRecord.HANDSHAKE), ALL);
        cases.atServer(
                "record-application-data-first",
                c -> c.plain(PlainRecord.APPLICATION_DATA, "hello".getBytes(StandardCharsets.US_ASCII)),
                ALL);
        cases.atServer("record-ccs-first", RawPeer::changeCipherSpec, ALL);
        cases.atServer(
                "record-heartbeat-after-hello",
                c -> {
                    c.hello();
                    c.plain(24, new byte[4]);
                },
                ALL);
        cases.atServer(
                "record-application-data-after-hello",
                c -> {
                    c.hello();
                    c.plain(PlainRecord.APPLICATION_DATA, new byte[40]);
                },
                TlsVersion.TLS10,
                TlsVersion.TLS11,
                TlsVersion.TLS12);
    }

    private static void fragments(RefusalCases cases) {
        interleaved(cases, "fragment-then-alert", PlainRecord.ALERT, (byte) 1, (byte) 0);
        interleaved(cases, "fragment-then-data", PlainRecord.APPLICATION_DATA, new byte[10]);
        interleaved(cases, "fragment-then-ccs", PlainRecord.CHANGE_CIPHER_SPEC, (byte) 1);
        interleaved(cases, "fragment-then-empty", PlainRecord.HANDSHAKE);
        cases.atServer("message-type-99", c -> c.messages(HandshakeBytes.message(99, new byte[4])), ALL);
        cases.atServer(
                "message-64k",
                c -> c.messages(new OctetWriter()
                        .number(1, 1)
                        .number(3, 70_000)
                        .raw(new byte[100])
                        .bytes()),
                ALL);
        cases.atServer(
                "message-16m",
                c -> c.messages(new OctetWriter()
                        .number(1, 1)
                        .number(3, 0xffffff)
                        .raw(new byte[100])
                        .bytes()),
                ALL);
    }

    private static void atClient(RefusalCases cases) {
        cases.atClient(
                "answer-http",
                s -> s.readHello().bytes("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                ALL);
        cases.atClient(
                "answer-smtp",
                s -> s.readHello().bytes("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)),
                ALL);
        cases.atClient("answer-mysql", s -> s.readHello().bytes(OctetWriter.hex("4a0000000a382e302e333600")), ALL);
        cases.atClient(
                "answer-sslv2",
                s -> s.readHello()
                        .bytes(OctetWriter.hex(
                                "8020 04 0001 0002 0000 0000 0010 00112233445566778899aabbccddeeff 0000")),
                ALL);
        cases.atClient(
                "answer-record-version-9",
                s -> s.readHello().bytes(PlainRecord.encode(22, 0x0900, new byte[40])),
                TlsVersion.TLS12,
                TlsVersion.TLS13);
        cases.atClient("answer-type-99", s -> s.readHello().plain(99, new byte[4]), ALL);
        cases.atClient("answer-heartbeat", s -> s.readHello().plain(24, new byte[4]), ALL);
        cases.atClient(
                "answer-application-data", s -> s.readHello().plain(PlainRecord.APPLICATION_DATA, new byte[30]), ALL);
        cases.atClient(
                "answer-ccs",
                s -> s.readHello().changeCipherSpec(),
                TlsVersion.TLS10,
                TlsVersion.TLS11,
                TlsVersion.TLS12);
        cases.atClient("answer-empty-handshake", s -> s.readHello().plain(PlainRecord.HANDSHAKE), ALL);
        cases.atClient(
                "answer-message-type-99", s -> s.readHello().messages(HandshakeBytes.message(99, new byte[4])), ALL);
        cases.atClient(
                "answer-message-64k",
                s -> s.readHello()
                        .messages(new OctetWriter()
                                .number(1, 2)
                                .number(3, 70_000)
                                .raw(new byte[100])
                                .bytes()),
                ALL);
    }

    private static void text(RefusalCases cases, String name, String text) {
        cases.atServer(name, c -> c.bytes(text.getBytes(StandardCharsets.US_ASCII)), TlsVersion.TLS13);
    }

    private static void bytes(RefusalCases cases, String name, String hex) {
        cases.atServer(name, c -> c.bytes(OctetWriter.hex(hex)), TlsVersion.TLS13);
    }

    private static void interleaved(RefusalCases cases, String name, int type, byte... content) {
        cases.atServer(
                name,
                c -> {
                    c.plain(PlainRecord.HANDSHAKE, Arrays.copyOf(c.draft().message(), 30));
                    c.plain(type, content);
                },
                ALL);
    }
}
