package dev.tlscope.analyzer.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Plain-text protocols, and protocols that begin in plain text, identified by the first bytes of a connection. The most
 * specific come first, because the first match is used.
 */
@SuppressWarnings("ImmutableEnumChecker") // the predicates keep no state
public enum PlainProtocol {
    PROXY_1("the PROXY protocol's header, version 1", text("PROXY "), Fix.PROXY),
    PROXY_2("the PROXY protocol's header, version 2", hex("0d0a0d0a000d0a515549540a"), Fix.PROXY),
    HTTP2_PREFACE("HTTP/2 without TLS (h2c): its connection preface", text("PRI * "), Fix.HTTP),
    HTTP2_SETTINGS("HTTP/2 without TLS (h2c): a SETTINGS frame", PlainProtocol::isSettings, Fix.HTTP),
    HTTP2_GOAWAY("HTTP/2 without TLS (h2c): a GOAWAY frame", PlainProtocol::isGoAway, Fix.HTTP),
    HTTP_CONNECT("an HTTP CONNECT request, which is for a proxy", matches("CONNECT [^{].*"), Fix.HTTP),
    SIP("SIP", matches("[A-Z]+ sips?:.*|SIP/2.*"), Fix.OTHER),
    RTSP("RTSP", matches("[A-Z_]+ rtsps?:.*|RTSP/.*"), Fix.OTHER),
    STOMP("STOMP", matches("(CONNECT|STOMP|CONNECTED)\\n.*|STOMP|ERROR\\n.*"), Fix.BROKER),
    NATS("NATS", matches("INFO (\\{.*)?|CONNECT \\{.*"), Fix.BROKER),
    CONNECT("a CONNECT request, of HTTP for a proxy, of STOMP or of NATS", matches("CONNE(CT?)?"), Fix.OTHER),
    OPTIONS("an OPTIONS request, of HTTP, SIP or RTSP", matches("OPTIO(NS?)?"), Fix.HTTP),
    HTTP_REQUEST("an HTTP request", matches("(GET|POST|PUT|HEAD|OPTIO|DELET|PATCH|TRACE|PROPF)[A-Z]*( .*)?"), Fix.HTTP),
    HTTP_RESPONSE("an HTTP response", text("HTTP/"), Fix.HTTP),
    SSH("SSH", text("SSH-"), Fix.OTHER),
    AMQP("AMQP", text("AMQP"), Fix.BROKER),
    MQTT("MQTT", PlainProtocol::isMqtt, Fix.BROKER),
    POSTGRES_SSL("PostgreSQL's SSLRequest", hex("0000000804d2162f"), Fix.POSTGRES),
    POSTGRES("PostgreSQL's protocol", PlainProtocol::isPostgres, Fix.POSTGRES),
    KAFKA("Kafka's protocol", PlainProtocol::isKafka, Fix.BROKER),
    ZOOKEEPER("ZooKeeper's protocol", PlainProtocol::isZooKeeper, Fix.ZOOKEEPER),
    CQL("CQL (Cassandra's native protocol)", PlainProtocol::isCql, Fix.DATABASE),
    MYSQL("MySQL's greeting", PlainProtocol::isMySql, Fix.MYSQL),
    TDS("TDS (SQL Server)", PlainProtocol::isTds, Fix.TDS),
    ORACLE("Oracle Net (TNS)", PlainProtocol::isTns, Fix.DATABASE),
    MONGODB("MongoDB's wire protocol", PlainProtocol::isMongo, Fix.DATABASE),
    LDAP("LDAP", PlainProtocol::isLdap, Fix.LDAP),
    RMI("Java RMI (JRMP)", text("JRMI"), Fix.RMI),
    JDWP("the Java debugger's protocol (JDWP)", text("JDWP-Handshake"), Fix.OTHER),
    OPENWIRE("OpenWire (ActiveMQ)", PlainProtocol::isOpenWire, Fix.BROKER),
    ARTEMIS("the core protocol of ActiveMQ Artemis", matches("(ARTEM|HORNE).*"), Fix.BROKER),
    WEBSPHERE_MQ("IBM MQ", matches("TSH[ MC].*"), Fix.BROKER),
    ELASTIC("Elasticsearch's transport protocol", matches("ES\\x00\\x00.*|This .*"), Fix.DATABASE),
    WEBLOGIC("WebLogic's T3", matches("t3s? \\d.*"), Fix.OTHER),
    CORBA("CORBA (GIOP)", matches("GIOP.*"), Fix.OTHER),
    BOLT("Bolt (Neo4j)", hex("6060b017"), Fix.DATABASE),
    SMB("SMB", PlainProtocol::isSmb, Fix.OTHER),
    RDP("RDP (TPKT)", matches("\\x03\\x00\\x00.[\\x0e\\x22-\\x40].*"), Fix.OTHER),
    VNC("VNC", matches("RFB 0.*"), Fix.OTHER),
    FIX_PROTOCOL("FIX", matches("8=FIX.*"), Fix.OTHER),
    HL7("HL7 (MLLP)", matches("\\x0b(MSH|FHS|BHS).*"), Fix.OTHER),
    LUMBERJACK("Lumberjack (Beats, Logstash)", matches("[12][WJDC]\\x00\\x00.*"), Fix.OTHER),
    MEMCACHED("memcached", matches("(ERROR\\r?$|ERROR\\r\\n|VERSION |STAT ).*"), Fix.DATABASE),
    THRIFT("Thrift", PlainProtocol::isThrift, Fix.OTHER),
    SOCKS("SOCKS", PlainProtocol::isSocks, Fix.SOCKS),
    SYSLOG("syslog", matches("(\\d{1,5} )?<\\d{1,3}(>.*)?"), Fix.OTHER),
    XMPP("XMPP", matches("<(\\?xml|stream:).*"), Fix.STARTTLS),
    IMAP(
            "IMAP",
            matches("\\* (OK|BYE|PREAUTH|BY|PR).*|[A-Za-z0-9.]{1,8} (CAPABILITY|LOGIN|STARTTLS|NOOP|ID)\\b.*"
                    + "|[A-Za-z]{0,2}\\d{1,4} ([CLSNI][A-Z]{0,2})?"),
            Fix.STARTTLS),
    RESP(
            "RESP (Redis)",
            matches(
                    "\\*\\d+\\r\\n.*|[-+](NOAUTH|WRONGPASS|DENIED|LOADING|PONG|MOVED)\\b.*|-(NOAU|WRON|DENI|LOAD|MOVE)|\\+PONG"
                            + "|PING\\r.*|-ERR (unknown|Protocol).*"),
            Fix.REDIS),
    ERROR_REPLY("an error of POP3 or Redis (-ERR)", matches("-ERR ?"), Fix.OTHER),
    POP3("POP3", matches("(\\+OK|-ERR).*"), Fix.STARTTLS),
    SMTP_GREETING("a greeting of SMTP or FTP", matches("220[ -].*"), Fix.STARTTLS),
    SMTP_REPLY("a reply of SMTP or FTP", matches("[2345]\\d\\d[ -].*"), Fix.STARTTLS),
    MAIL_COMMAND(
            "a command of SMTP, POP3 or FTP",
            matches("(EHLO|HELO|QUIT|USER|AUTH|STLS|CAPA|FEAT|NOOP).*"),
            Fix.STARTTLS),
    TELNET("Telnet", PlainProtocol::isTelnet, Fix.OTHER),
    HTTP_HEADER("the rest of an HTTP header", matches("[A-Za-z][A-Za-z0-9-]{1,40}: .*"), Fix.TUNNEL),
    HTML("an HTML page", matches("(?i)<(html|!doc|head|body).*"), Fix.HTTP),
    JSON("JSON text", matches("\\{\\s*\".*"), Fix.OTHER),
    LENGTH_FIRST(
            "a message that begins with its length, as those of Kafka, PostgreSQL and ZooKeeper do",
            PlainProtocol::isLengthFirst,
            Fix.BROKER),
    LITTLE_ENDIAN(
            "a message that begins with its length in little-endian order, as those of MongoDB do",
            PlainProtocol::isLittleEndian,
            Fix.DATABASE),
    ZEROS("zero bytes", PlainProtocol::isZero, Fix.ZEROS);

    /** The fix, by kind of protocol. */
    public enum Fix {
        PROXY,
        HTTP,
        STARTTLS,
        POSTGRES,
        MYSQL,
        TDS,
        DATABASE,
        BROKER,
        ZOOKEEPER,
        LDAP,
        RMI,
        REDIS,
        SOCKS,
        TUNNEL,
        ZEROS,
        OTHER
    }

    private static final int HEADER = 5;

    private final String words;
    private final Predicate<byte[]> fits;
    private final Fix fix;

    PlainProtocol(String words, Predicate<byte[]> fits, Fix fix) {
        this.words = words;
        this.fits = fits;
        this.fix = fix;
    }

    /** The protocol with these first bytes; empty if none matches. */
    public static Optional<PlainProtocol> of(byte[] first) {
        byte[] received = withoutPadding(first);
        for (PlainProtocol protocol : values()) {
            if (protocol.fits.test(received) || protocol.fits.test(first)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /**
     * The bytes without zeros at the end, except for the five bytes of a record's header: JSSE reads no more than
     * those, into a buffer of zeros, before it fails.
     */
    public static byte[] withoutPadding(byte[] first) {
        int length = first.length;
        while (length > HEADER && first[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(first, length);
    }

    /** A description, such as {@code an HTTP request}. */
    public String words() {
        return words;
    }

    public Fix fix() {
        return fix;
    }

    private static Predicate<byte[]> text(String start) {
        byte[] wanted = start.getBytes(StandardCharsets.US_ASCII);
        return first -> startsWith(first, wanted);
    }

    private static Predicate<byte[]> hex(String start) {
        byte[] wanted = java.util.HexFormat.of().parseHex(start);
        return first -> startsWith(first, wanted);
    }

    private static Predicate<byte[]> matches(String pattern) {
        Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
        return first ->
                compiled.matcher(new String(first, StandardCharsets.ISO_8859_1)).matches();
    }

    /** Compares as many bytes as JSSE had when it failed, at least five. */
    private static boolean startsWith(byte[] first, byte[] wanted) {
        int length = Math.min(first.length, wanted.length);
        for (int i = 0; i < length; i++) {
            if (first[i] != wanted[i]) {
                return false;
            }
        }
        return length >= Math.min(4, wanted.length);
    }

    /** RFC 9113, 4.1 and 6.5: entries of six bytes, type 4, stream 0. */
    private static boolean isSettings(byte[] b) {
        return b.length >= 5
                && int24(b, 0) % 6 == 0
                && int24(b, 0) < 120
                && b[3] == 4
                && (b[4] == 0 || b[4] == 1)
                && (b.length < 9 || int32(b, 5) == 0);
    }

    /** RFC 9113, 6.8: on stream 0, without flags. */
    private static boolean isGoAway(byte[] b) {
        return b.length >= 5
                && b[0] == 0
                && int24(b, 0) >= 8
                && b[3] == 7
                && b[4] == 0
                && (b.length < 9 || int32(b, 5) == 0);
    }

    /** Length and data type 1, WIREFORMAT_INFO. */
    private static boolean isOpenWire(byte[] b) {
        return b.length >= 5 && int16(b, 0) == 0 && int16(b, 2) > 20 && b[4] == 1;
    }

    /** NetBIOS session header and SMB's marker. */
    private static boolean isSmb(byte[] b) {
        return b.length >= 5 && int16(b, 0) == 0 && (b[4] == (byte) 0xff || b[4] == (byte) 0xfe);
    }

    /** No more than the five bytes that JSSE reads, of which the last is the upper half of a small number. */
    private static boolean isLengthFirst(byte[] b) {
        return b.length == HEADER && int16(b, 0) == 0 && int16(b, 2) >= 8 && b[4] == 0;
    }

    private static boolean isLittleEndian(byte[] b) {
        return b.length == HEADER && b[2] == 0 && b[3] == 0 && ((b[0] & 0xff) >= 16 || b[1] != 0);
    }

    /** MQTT 3.1.1, 3.1: CONNECT, remaining length, protocol name. */
    private static boolean isMqtt(byte[] b) {
        return b.length >= 5 && b[0] == 0x10 && b[2] == 0 && (b[3] == 4 || b[3] == 6) && b[4] == 'M';
    }

    /** Kafka protocol guide: size, api_key (ApiVersions 18, Metadata 3, SaslHandshake 17), api_version. */
    private static boolean isKafka(byte[] b) {
        if (b.length < 8 || b[0] != 0 || b[1] != 0) {
            return false;
        }
        int key = int16(b, 4);
        return (key == 18 || key == 3 || key == 17) && int16(b, 6) < 20;
    }

    /** ConnectRequest of 44 or 45 bytes with protocolVersion 0, or one of the four-letter words. */
    private static boolean isZooKeeper(byte[] b) {
        boolean connect = b.length >= 5 && int24(b, 0) == 0 && (b[3] == 44 || b[3] == 45) && b[4] == 0;
        return connect
                || matches("(ruok|stat|mntr|srvr|conf|envi|cons|isro)\\s*").test(b);
    }

    /** Native protocol 3 to 5: version, flags, stream, opcode (STARTUP 1, OPTIONS 5; ERROR 0, SUPPORTED 6). */
    private static boolean isCql(byte[] b) {
        int version = b.length < 5 ? 0 : b[0] & 0x7f;
        return version >= 3
                && version <= 5
                && (b[1] & 0xe0) == 0
                && (b[4] == 1 || b[4] == 5 || (b[0] < 0 && b[4] <= 6))
                && !isSocks(b)
                && !(b.length == HEADER && b[0] == 4 && b[1] == 1);
    }

    /** StartupMessage 3.0 or GSSENCRequest; of a server an ErrorResponse. */
    private static boolean isPostgres(byte[] b) {
        boolean startup = b.length >= 8 && b[0] == 0 && b[1] == 0 && int32(b, 4) == 0x00030000;
        boolean gss = b.length >= 8 && int32(b, 0) == 8 && int32(b, 4) == 0x04d21630;
        boolean error = b.length >= 6 && b[0] == 'E' && b[1] == 0 && b[2] == 0 && (b[5] == 'S' || b[5] == 'M');
        return startup || gss || error;
    }

    /** Length in little-endian order, sequence 0, protocol version 10 or an error packet. */
    private static boolean isMySql(byte[] b) {
        return b.length >= 5 && b[1] == 0 && b[2] == 0 && b[3] == 0 && (b[4] == 10 || b[4] == (byte) 0xff) && b[0] > 8;
    }

    /** Packet header: PRELOGIN 0x12 or a tabular result 0x04, status 1, length. */
    private static boolean isTds(byte[] b) {
        return b.length >= 5
                && (b[0] == 0x12 || b[0] == 0x04)
                && b[1] == 1
                && int16(b, 2) > 8
                && int16(b, 2) <= 4096
                && !(b[0] == 0x04 && b[2] != 0);
    }

    /** Length, checksum 0, type CONNECT, REFUSE or ACCEPT. */
    private static boolean isTns(byte[] b) {
        return b.length >= 5
                && int16(b, 0) >= 8
                && int16(b, 0) < 4096
                && int16(b, 2) == 0
                && (b[4] == 1 || b[4] == 4 || b[4] == 2)
                && (b.length == HEADER || b[5] == 0);
    }

    /** Header in little-endian order with OP_MSG (2013) or OP_QUERY (2004). */
    private static boolean isMongo(byte[] b) {
        return b.length >= 16
                && (b[12] == (byte) 0xdd || b[12] == (byte) 0xd4)
                && b[13] == 7
                && b[14] == 0
                && b[15] == 0;
    }

    /** LDAPMessage (RFC 4511, 4.1.1): SEQUENCE, INTEGER messageID, bind or extended operation. */
    private static boolean isLdap(byte[] b) {
        int at = b.length >= 2 && (b[1] & 0x80) != 0 ? 2 + (b[1] & 0x7f) : 2;
        if (b.length < at + 3 || b[0] != 0x30 || b[at] != 2 || b[at + 1] != 1) {
            return false;
        }
        return b.length == at + 3
                || b[at + 3] == 0x60
                || b[at + 3] == 0x77
                || b[at + 3] == 0x61
                || b[at + 3] == 0x78
                || b[at + 3] == 0x63;
    }

    /** Strict binary messages, and SASL's START and error frames (TSaslTransport). */
    private static boolean isThrift(byte[] b) {
        boolean binary = b.length >= 4 && b[0] == (byte) 0x80 && b[1] == 1 && b[2] == 0 && b[3] >= 1 && b[3] <= 4;
        boolean sasl = b.length >= 5 && b[0] >= 1 && b[0] <= 5 && b[1] == 0 && b[2] == 0 && b[3] == 0 && b[4] > 3;
        return binary || sasl;
    }

    /** RFC 1928, 3: version 5 and its methods; SOCKS 4: version and command. */
    private static boolean isSocks(byte[] b) {
        boolean five = b.length >= 3
                && b[0] == 5
                && b[1] >= 1
                && b[1] <= 3
                && (b[2] == 0 || b[2] == 2)
                && b.length <= 2 + b[1] + 3;
        return five || (b.length >= HEADER && b[0] == 4 && b[1] == 1 && int16(b, 2) > 0);
    }

    private static boolean isTelnet(byte[] b) {
        return b.length >= 3 && b[0] == (byte) 0xff && (b[1] & 0xff) >= 0xfb && (b[1] & 0xff) <= 0xfe;
    }

    private static boolean isZero(byte[] b) {
        for (byte one : b) {
            if (one != 0) {
                return false;
            }
        }
        return b.length >= 3;
    }

    private static int int16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
    }

    private static int int24(byte[] b, int at) {
        return int16(b, at) << 8 | (b[at + 2] & 0xff);
    }

    private static int int32(byte[] b, int at) {
        return int16(b, at) << 16 | int16(b, at + 2);
    }
}
