package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import org.jspecify.annotations.Nullable;

/**
 * Reads SSLReadCipher, SSLWriteCipher and their Authenticator: their protocol, and the number of records that they have
 * processed.
 */
public final class JsseCipher {
    /** No sequence number, because the record is not counted. */
    public static final long UNCOUNTED = -1;

    private static final JdkField INPUT_CIPHER = new JdkField("readCipher");
    private static final JdkField OUTPUT_CIPHER = new JdkField("writeCipher");
    private static final JdkField READ_PROTOCOL = new JdkField("protocolVersion");
    private static final JdkField WRITE_PROTOCOL = new JdkField("protocolVersion");
    private static final JdkField READ_AUTHENTICATOR = new JdkField("authenticator");
    private static final JdkField WRITE_AUTHENTICATOR = new JdkField("authenticator");
    private static final JdkField AUTHENTICATOR_BLOCK = new JdkField("block");
    private static final JdkField PROTOCOL_ID = new JdkField("id");

    private static final int NONE = -1; // ProtocolVersion.NONE, of the null cipher before the first handshake
    private static final int TLS13 = 0x0304;

    private JsseCipher() {}

    /** The cipher with which an InputRecord decrypts. */
    public static @Nullable Object ofInput(@Nullable Object inputRecord) {
        return INPUT_CIPHER.get(inputRecord);
    }

    /** The cipher with which an OutputRecord encrypts. */
    public static @Nullable Object ofOutput(@Nullable Object outputRecord) {
        return OUTPUT_CIPHER.get(outputRecord);
    }

    /** True for the cipher that encrypts nothing, before the first ChangeCipherSpec or handshake key. */
    public static boolean readsPlaintext(Object readCipher) {
        return protocol(READ_PROTOCOL, readCipher) == NONE;
    }

    public static boolean writesPlaintext(Object writeCipher) {
        return protocol(WRITE_PROTOCOL, writeCipher) == NONE;
    }

    public static boolean readsTls13(Object readCipher) {
        return protocol(READ_PROTOCOL, readCipher) == TLS13;
    }

    public static boolean writesTls13(Object writeCipher) {
        return protocol(WRITE_PROTOCOL, writeCipher) == TLS13;
    }

    /** Authenticator.block of a read cipher: it begins with the sequence number, in DTLS with the epoch; not copied. */
    static byte @Nullable [] readBlock(@Nullable Object readCipher) {
        return (byte[]) AUTHENTICATOR_BLOCK.get(READ_AUTHENTICATOR.get(readCipher));
    }

    /** Authenticator.block of a write cipher; not copied. */
    static byte @Nullable [] writeBlock(@Nullable Object writeCipher) {
        return (byte[]) AUTHENTICATOR_BLOCK.get(WRITE_AUTHENTICATOR.get(writeCipher));
    }

    /** The sequence number of the next record that it decrypts. */
    public static long nextRead(@Nullable Object readCipher) {
        return sequence(readBlock(readCipher));
    }

    /** The sequence number of the next record that it encrypts. */
    public static long nextWritten(@Nullable Object writeCipher) {
        return sequence(writeBlock(writeCipher));
    }

    /** The first eight bytes, which every Authenticator increments (Authenticator.increaseSequenceNumber). */
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

    private static int protocol(JdkField field, Object cipher) {
        return PROTOCOL_ID.number(field.get(cipher), NONE);
    }
}
