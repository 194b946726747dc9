package dev.tlscope.it.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a peer that is not a TLS implementation: records, messages, the transcript, and the keys once
 * derived.
 */
abstract class RawPeer {
    static final int WARNING = 1;
    static final int FATAL = 2;

    protected final TlsVersion version;
    protected final RawPki pki;
    protected final EcShare share;
    private final JsseEnd jsse;
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private byte[] unread = new byte[0];
    private @Nullable RecordCipher writing;
    private @Nullable RecordCipher reading;

    RawPeer(TlsVersion version, RawPki pki, JsseEnd jsse) throws GeneralSecurityException {
        this.version = version;
        this.pki = pki;
        this.jsse = jsse;
        this.share = new EcShare();
    }

    /** Sends bytes that need not be TLS. */
    void bytes(byte... bytes) throws IOException {
        jsse.send(bytes);
    }

    /** Sends a record, encrypted if there are keys. */
    void record(int type, byte... content) throws IOException, GeneralSecurityException {
        if (writing == null) {
            plain(type, content);
        } else {
            bytes(writing.seal(type, content));
        }
    }

    /** Sends a plain-text record, even if there are keys. */
    void plain(int type, byte... content) throws IOException {
        bytes(PlainRecord.encode(type, recordVersion(), content));
    }

    /** Sends handshake messages in a record of their own, and adds them to the transcript. */
    void messages(byte[]... messages) throws IOException, GeneralSecurityException {
        byte[] all = OctetWriter.joined(messages);
        transcript.write(all, 0, all.length);
        for (int from = 0; from < all.length; from += 1 << 14) {
            record(PlainRecord.HANDSHAKE, Arrays.copyOfRange(all, from, Math.min(all.length, from + (1 << 14))));
        }
    }

    void alert(int level, int description) throws IOException, GeneralSecurityException {
        record(PlainRecord.ALERT, (byte) level, (byte) description);
    }

    void changeCipherSpec() throws IOException {
        plain(PlainRecord.CHANGE_CIPHER_SPEC, (byte) 1);
    }

    void end() throws IOException {
        jsse.endInput();
    }

    /** The next record from JSSE; an alert ends the case. */
    PlainRecord nextRecord() throws IOException, GeneralSecurityException {
        byte[] header = jsse.receive(5);
        OctetReader in = new OctetReader(header);
        int type = in.number(1);
        in.number(2);
        byte[] fragment = jsse.receive(in.number(2));
        RecordCipher cipher = reading;
        PlainRecord record =
                cipher == null || isPlain(type) ? new PlainRecord(type, fragment) : cipher.open(type, fragment);
        if (record.type() == PlainRecord.ALERT) {
            throw new AlertReceivedException(record.content());
        }
        return record;
    }

    /** The next handshake message from JSSE, which is added to the transcript; other content is skipped. */
    byte[] nextMessage() throws IOException, GeneralSecurityException {
        while (unread.length < 4 || unread.length < 4 + bodyLength()) {
            PlainRecord record = nextRecord();
            if (record.type() == PlainRecord.HANDSHAKE) {
                unread = OctetWriter.joined(unread, record.content());
            }
        }
        int length = 4 + bodyLength();
        byte[] message = Arrays.copyOf(unread, length);
        unread = Arrays.copyOfRange(unread, length, unread.length);
        transcript.write(message, 0, message.length);
        return message;
    }

    /** Reads messages up to the next of that type. */
    byte[] nextMessage(int type) throws IOException, GeneralSecurityException {
        byte[] message = nextMessage();
        while (message[0] != type) {
            message = nextMessage();
        }
        return message;
    }

    byte[] transcript() {
        return transcript.toByteArray();
    }

    /** Restarts the transcript: in a renegotiation, or with the hash of the first hello after a HelloRetryRequest. */
    void transcript(byte... start) {
        transcript.reset();
        transcript.write(start, 0, start.length);
    }

    void writeWith(@Nullable RecordCipher cipher) {
        writing = cipher;
    }

    void readWith(@Nullable RecordCipher cipher) {
        reading = cipher;
    }

    RecordCipher writing() {
        if (writing == null) {
            throw new IllegalStateException("no keys yet");
        }
        return writing;
    }

    JsseEnd jsse() {
        return jsse;
    }

    /** ChangeCipherSpec precedes the keys that it turns on (RFC 5246, 7.1); TLS 1.3 encrypts with one outer type (RFC 8446, 5.2). */
    private boolean isPlain(int type) {
        return type == PlainRecord.CHANGE_CIPHER_SPEC
                || (version == TlsVersion.TLS13 && type != PlainRecord.APPLICATION_DATA);
    }

    private int recordVersion() {
        return Math.min(version.number(), TlsVersion.TLS12.number());
    }

    private int bodyLength() {
        return ((unread[1] & 0xff) << 16) | ((unread[2] & 0xff) << 8) | (unread[3] & 0xff);
    }
}
