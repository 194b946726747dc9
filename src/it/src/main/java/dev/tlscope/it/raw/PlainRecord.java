package dev.tlscope.it.raw;

/** A record's content type and content, decrypted if necessary. */
final class PlainRecord {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    private final int type;
    private final byte[] content;

    PlainRecord(int type, byte... content) {
        this.type = type;
        this.content = content;
    }

    int type() {
        return type;
    }

    byte[] content() {
        return content.clone();
    }

    /** A plain-text record; the version is 3.3, or that of TLS 1.0 and 1.1 (RFC 5246, 6.2.1). */
    static byte[] encode(int type, int version, byte... content) {
        return new OctetWriter()
                .number(1, type)
                .number(2, version)
                .vector(2, content)
                .bytes();
    }
}
