package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/**
 * The state of the record layer at a failure: sun.security.ssl.Authenticator's block begins with the next record's
 * number.
 */
public final class SequenceNumbers {
    /** DTLS has two bytes of epoch and six bytes of number (RFC 6347, 4.1), TLS eight bytes of number. */
    private static final int LENGTH = 8;

    private SequenceNumbers() {}

    public static void put(Event event, Object context) {
        Object input = Jsse.inputRecord(context);
        boolean datagrams = input != null && input.getClass().getSimpleName().startsWith("DTLS");
        put(
                event,
                JsseCipher.readBlock(JsseCipher.ofInput(Jsse.inputRecord(context))),
                datagrams,
                Field.READ_EPOCH,
                Field.READ_SEQUENCE);
        put(
                event,
                JsseCipher.writeBlock(JsseCipher.ofOutput(Jsse.outputRecord(context))),
                datagrams,
                Field.WRITE_EPOCH,
                Field.WRITE_SEQUENCE);
    }

    /**
     * TLS 1.3: true when no record was received under the application traffic keys, because their first record has
     * number 0.
     */
    public static boolean hasReadNothing(Object context) {
        Object cipher = JsseCipher.ofInput(Jsse.inputRecord(context));
        byte[] block = JsseCipher.readBlock(cipher);
        return cipher != null
                && JsseCipher.readsTls13(cipher)
                && block != null
                && block.length >= LENGTH
                && number(block, 0, LENGTH) == 0;
    }

    /**
     * True when no application data was sent: TLS 1.3 has separate keys for it; in earlier versions the Finished has
     * number 0 under the same keys.
     */
    public static boolean hasSentNothing(Object context) {
        Object cipher = JsseCipher.ofOutput(Jsse.outputRecord(context));
        byte[] block = JsseCipher.writeBlock(cipher);
        return cipher != null
                && block != null
                && block.length >= LENGTH
                && number(block, 0, LENGTH) == (JsseCipher.writesTls13(cipher) ? 0 : 1);
    }

    private static void put(Event event, byte @Nullable [] block, boolean datagrams, Field epoch, Field sequence) {
        if (block == null || block.length < LENGTH) {
            return;
        }
        if (datagrams) {
            event.put(epoch, number(block, 0, 2));
        }
        event.put(sequence, number(block, datagrams ? 2 : 0, LENGTH));
    }

    private static long number(byte[] block, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | (block[i] & 0xff);
        }
        return number;
    }
}
