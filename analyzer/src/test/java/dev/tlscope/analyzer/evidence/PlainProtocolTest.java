package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First bytes of protocols, by their specifications, in full and cut to the five bytes that JSSE may have. */
class PlainProtocolTest {
    @ParameterizedTest
    @CsvSource({
        "HTTP_REQUEST, GET / HTTP/1.1",
        "HTTP_REQUEST, OPTIONS * HTTP/1.1",
        "HTTP_CONNECT, CONNECT db:443 HTTP/1.1",
        "HTTP_RESPONSE, HTTP/1.1 400 Bad Request",
        "HTTP2_PREFACE, PRI * HTTP/2.0",
        "PROXY_1, PROXY TCP4 192.0.2.1",
        "SSH, SSH-2.0-OpenSSH_9.6",
        "SMTP_GREETING, 220 mail.example ESMTP",
        "SMTP_REPLY, 421 too many connections",
        "MAIL_COMMAND, EHLO client.example",
        "IMAP, * OK IMAP4rev1 ready",
        "POP3, +OK POP3 ready",
        "RESP, '-NOAUTH Authentication required.'",
        "SYSLOG, <34>1 2026-01-01T00:00:00Z host app",
        "RMI, JRMI",
        "XMPP, <?xml version='1.0'?>",
        "NATS, 'INFO {\"server_id\":\"x\"}'",
        "HTTP_HEADER, Via: 1.1 proxy.example",
        "ZOOKEEPER, ruok",
        "SIP, OPTIONS sip:a@example.org SIP/2.0",
        "SIP, SIP/2.0 400 Bad Request",
        "RTSP, RTSP/1.0 400 Bad Request",
        "STOMP, 'ERROR\ncontent-type:text/plain'",
        "NATS, 'CONNECT {\"verbose\":false}'",
        "NATS, 'INFO '",
        "WEBLOGIC, t3 12.2.1",
        "CORBA, GIOP1",
        "VNC, RFB 003.008",
        "FIX_PROTOCOL, 8=FIX.4.4",
        "SYSLOG, 123 <34>1 2003-10-11",
        "RESP, 'PING\r'",
        "RESP, -DENI",
        "IMAP, a1 CA",
        "IMAP, 'A001 '",
        "POP3, -ERR bad command",
        "HTML, <html><head>",
        "JSON, '{\"version\":\"1.1\"}'"
    })
    void textProtocols(PlainProtocol expected, String text) {
        assertThat(PlainProtocol.of(text.getBytes(StandardCharsets.US_ASCII))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY_2, 0d0a0d0a000d0a515549540a21110c",
        "HTTP2_SETTINGS, 000012040000000000",
        "POSTGRES_SSL, 0000000804d2162f",
        "POSTGRES, 0000002900030000757365720061",
        "MYSQL, 4a0000000a382e302e3336",
        "TDS, 12010034000000000000150006",
        "AMQP, 414d515000000901",
        "MQTT, 101a00044d5154540402003c",
        "CQL, 0400000005000000",
        "CQL, 8400000006000000",
        "KAFKA, 0000003a001200030000000100",
        "ZOOKEEPER, 0000002d0000000000000000",
        "LDAP, 300c020101600702010304008000",
        "SOCKS, 050100",
        "THRIFT, 80010001000000046563686f",
        "THRIFT, 0100000006504c41494e",
        "MONGODB, 3f0000000100000000000000dd070000",
        "TELNET, fffd18fffd20",
        "HTTP2_GOAWAY, 000008070000000000",
        "OPENWIRE, 000000f001416374697665",
        "BOLT, 6060b017",
        "SMB, 00000045ff534d42",
        "RDP, 030000130ee00000",
        "HL7, 0b4d53487c5e",
        "LUMBERJACK, 3257000000012c",
        "ORACLE, 0020000004000000",
        "SOCKS, 040101bb01020304",
        "ZEROS, 0000000000"
    })
    void binaryProtocols(PlainProtocol expected, String hex) {
        assertThat(PlainProtocol.of(HexFormat.of().parseHex(hex))).contains(expected);
    }

    @Test
    void fiveBytesAreEnoughWhereJsseHasNoMore() {
        assertThat(cut("GET / HTTP/1.1")).isEqualTo(PlainProtocol.HTTP_REQUEST);
        assertThat(cut("HTTP/1.1 200")).isEqualTo(PlainProtocol.HTTP_RESPONSE);
        assertThat(cut("PROXY TCP4")).isEqualTo(PlainProtocol.PROXY_1);
        assertThat(cut("SSH-2.0")).isEqualTo(PlainProtocol.SSH);
        assertThat(cut("DELETE /")).isEqualTo(PlainProtocol.HTTP_REQUEST);
    }

    @Test
    void unknownBytesHaveNoName() {
        assertThat(PlainProtocol.of(HexFormat.of().parseHex("deadbeef0102"))).isEmpty();
    }

    private static PlainProtocol cut(String text) {
        return PlainProtocol.of(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 5))
                .orElseThrow();
    }

    /** JSSE reads no more than a record's header from a socket: what five bytes leave open is told so. */
    @ParameterizedTest
    @CsvSource({
        "CONNECT, 434f4e4e45", // CONNE
        "OPTIONS, 4f5054494f", // OPTIO
        "ERROR_REPLY, 2d45525220", // -ERR
        "LENGTH_FIRST, 0000002a00",
        "LENGTH_FIRST, 0000004500",
        "LITTLE_ENDIAN, 3a00000001",
        "MYSQL, 4a0000000a",
        "ZOOKEEPER, 0000002d00",
        "SOCKS, 040101bb01"
    })
    void fiveBytes(PlainProtocol expected, String hex) {
        assertThat(PlainProtocol.of(HexFormat.of().parseHex(hex))).contains(expected);
    }
}
