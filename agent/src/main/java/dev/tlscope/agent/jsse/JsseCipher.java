package dev.tlscope.agent.jsse;

import org.jspecify.annotations.Nullable;

/** Reads SSLReadCipher, SSLWriteCipher and their Authenticator: which protocol they are for, and how many records they saw. */
final class JsseCipher {
    /** No sequence number: nothing counts this record. */
    static final long UNCOUNTED = -1;

    private static final JsseField INPUT_CIPHER = new JsseField("readCipher");
    private static final JsseField OUTPUT_CIPHER = new JsseField("writeCipher");
    private static final JsseField READ_PROTOCOL = new JsseField("protocolVersion");
    private static final JsseField WRITE_PROTOCOL = new JsseField("protocolVersion");
    private static final JsseField READ_AUTHENTICATOR = new JsseField("authenticator");
    private static final JsseField WRITE_AUTHENTICATOR = new JsseField("authenticator");
    private static final JsseField AUTHENTICATOR_BLOCK = new JsseField("block");
    private static final JsseField PROTOCOL_ID = new JsseField("id");

    private static final int NONE = -1; // ProtocolVersion.NONE, of the cipher before the first
    private static final int TLS13 = 0x0304;

    private JsseCipher() {}

    /** The cipher with which an InputRecord decrypts. */
    static @Nullable Object ofInput(@Nullable Object inputRecord) {
        return INPUT_CIPHER.get(inputRecord);
    }

    /** The cipher with which an OutputRecord encrypts. */
    static @Nullable Object ofOutput(@Nullable Object outputRecord) {
        return OUTPUT_CIPHER.get(outputRecord);
    }

    /** True for the cipher that encrypts nothing, before the first ChangeCipherSpec or handshake key. */
    static boolean readsPlaintext(Object readCipher) {
        return protocol(READ_PROTOCOL, readCipher) == NONE;
    }

    static boolean writesPlaintext(Object writeCipher) {
        return protocol(WRITE_PROTOCOL, writeCipher) == NONE;
    }

    static boolean readsTls13(Object readCipher) {
        return protocol(READ_PROTOCOL, readCipher) == TLS13;
    }

    static boolean writesTls13(Object writeCipher) {
        return protocol(WRITE_PROTOCOL, writeCipher) == TLS13;
    }

    /** Authenticator.block of a read cipher: sequence number first, in DTLS epoch first; not copied. */
    static byte @Nullable [] readBlock(@Nullable Object readCipher) {
        return (byte[]) AUTHENTICATOR_BLOCK.get(READ_AUTHENTICATOR.get(readCipher));
    }

    /** The same of a write cipher. */
    static byte @Nullable [] writeBlock(@Nullable Object writeCipher) {
        return (byte[]) AUTHENTICATOR_BLOCK.get(WRITE_AUTHENTICATOR.get(writeCipher));
    }

    /** The sequence number of the next record that it decrypts. */
    static long nextRead(@Nullable Object readCipher) {
        return sequence(readBlock(readCipher));
    }

    /** The sequence number of the next record that it encrypts. */
    static long nextWritten(@Nullable Object writeCipher) {
        return sequence(writeBlock(writeCipher));
    }

    /** The first eight bytes, which every Authenticator counts up (Authenticator.increaseSequenceNumber). */
    private static long sequence(byte @Nullable [] block) {
        if (block == null || block.length < 8) {
            return UNCOUNTED;
        }
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number = number << 8 | (block[i] & 0xff);
        }
        return number;
    }

    private static int protocol(JsseField field, Object cipher) {
        Integer id = (Integer) PROTOCOL_ID.get(field.get(cipher));
        return id == null ? NONE : id;
    }
}
