package dev.tlscope.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Protocols whose dialogue is bytes. */
final class BinaryDialogues {
    private static final String LDAP_OID = "1.3.6.1.4.1.1466.20037";
    private static final int LDAP_ENUMERATED = 0x0a;
    private static final int LDAP_EXTENDED_RESPONSE = 0x78;

    private static final byte[] POSTGRES_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    private static final int MYSQL_SSL = 0x0800;
    private static final int MYSQL_PROTOCOL_41 = 0x0200;
    private static final int MYSQL_SECURE_CONNECTION = 0x8000;
    private static final int MYSQL_ERROR = 0xff;
    private static final int MOST_PACKET = 65536;

    private BinaryDialogues() {}

    /** The extended operation StartTLS (RFC 4511, 4.14). */
    static void ldap(Dialogue dialogue, Destination to) throws IOException {
        byte[] oid = LDAP_OID.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[9 + oid.length];
        byte[] head = {
            0x30, (byte) (7 + oid.length), 2, 1, 1, 0x77, (byte) (2 + oid.length), (byte) 0x80, (byte) oid.length
        };
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(oid, 0, request, head.length, oid.length);
        dialogue.send(request, "ExtendedRequest StartTLS");
        byte[] begin = dialogue.bytes(2);
        if (begin[0] != 0x30) {
            throw Starttls.refused(
                    to,
                    "StartTLS",
                    "it answered with bytes that are no LDAP",
                    "check the port, and whether it is LDAP");
        }
        byte[] answer = dialogue.bytes(length(dialogue, begin[1]));
        int at = 2 + answer[1]; // after the message's number
        int result = at < answer.length && (answer[at] & 0xff) == LDAP_EXTENDED_RESPONSE ? result(answer, at) : -1;
        dialogue.received("ExtendedResponse, resultCode " + result);
        if (result != 0) {
            throw Starttls.refused(
                    to,
                    "StartTLS",
                    "resultCode " + result,
                    "configure a certificate in the directory server, or check the port");
        }
    }

    /** The length of a BER element, whose first byte was read. */
    private static int length(Dialogue dialogue, byte first) throws IOException {
        int length = first & 0xff;
        if (length > 0x80) {
            byte[] more = dialogue.bytes(length - 0x80);
            length = 0;
            for (byte one : more) {
                length = length << 8 | (one & 0xff);
            }
        }
        if (length < 3 || length > MOST_PACKET) {
            throw new IOException("its answer has " + length + " bytes");
        }
        return length;
    }

    /** The resultCode, the first element of the response; -1 if it is not there. */
    private static int result(byte[] answer, int at) {
        int first = at + 1 < answer.length && answer[at + 1] < 0 ? at + 2 + (answer[at + 1] & 0x7f) : at + 2;
        return first + 2 < answer.length && answer[first] == LDAP_ENUMERATED ? answer[first + 2] & 0xff : -1;
    }

    /** SSLRequest (PostgreSQL, 55.2.10). */
    static void postgres(Dialogue dialogue, Destination to) throws IOException {
        dialogue.send(POSTGRES_REQUEST, "SSLRequest");
        int answer = dialogue.bytes(1)[0] & 0xff;
        dialogue.received(answer >= ' ' && answer < 0x7f ? String.valueOf((char) answer) : "byte " + answer);
        if (answer != 'S') {
            throw Starttls.refused(
                    to,
                    "SSLRequest",
                    answer == 'N' ? "it answered N" : "it answered with byte " + answer,
                    answer == 'N' ? "set ssl = on in postgresql.conf" : "check the port, and whether it is PostgreSQL");
        }
    }

    /** SSLRequest after the server's greeting (MySQL, Protocol::SSLRequest). */
    static void mysql(Dialogue dialogue, Destination to) throws IOException {
        byte[] header = dialogue.bytes(4);
        int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
        if (length < 1 || length > MOST_PACKET) {
            throw Starttls.refused(
                    to,
                    "the connection, as a server of MySQL",
                    Dialogue.printable(new String(header, StandardCharsets.ISO_8859_1)),
                    "check the port");
        }
        byte[] greeting = dialogue.bytes(length);
        if ((greeting[0] & 0xff) == MYSQL_ERROR) {
            String words =
                    new String(Arrays.copyOfRange(greeting, Math.min(3, length), length), StandardCharsets.UTF_8);
            throw Starttls.refused(to, "the connection", words, "ask whoever runs the server");
        }
        int end = 1;
        while (end < length && greeting[end] != 0) {
            end++;
        }
        String version = Dialogue.printable(new String(greeting, 1, end - 1, StandardCharsets.ISO_8859_1));
        int flags = end + 1 + 4 + 8 + 1; // thread id, first part of the salt, a zero
        boolean offers = flags + 1 < length && ((greeting[flags + 1] & 0xff) << 8 & MYSQL_SSL) != 0;
        dialogue.received(
                "greeting of MySQL " + version + (offers ? ", which offers TLS" : ", which does not offer TLS"));
        if (!offers) {
            throw Starttls.refused(
                    to, "TLS", "its greeting does not offer it", "configure ssl_cert and ssl_key in the server");
        }
        byte[] request = new byte[36];
        request[0] = 32;
        request[3] = 1;
        int capabilities = MYSQL_SSL | MYSQL_PROTOCOL_41 | MYSQL_SECURE_CONNECTION;
        request[4] = (byte) capabilities;
        request[5] = (byte) (capabilities >> 8);
        request[11] = 1; // max_packet_size 16 MB, little-endian
        request[12] = 33; // utf8
        dialogue.send(request, "SSLRequest");
    }
}
