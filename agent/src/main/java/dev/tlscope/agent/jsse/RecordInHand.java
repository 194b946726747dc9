package dev.tlscope.agent.jsse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The record that a thread is about to decrypt, kept until its next one: if it fails, or turns out to be an alert, its
 * ciphertext is wanted, and JSSE decrypts in place. Private loader, application's threads, once per record.
 *
 * <p>A fixed number of slots, each with one buffer that is used again and again: nothing is allocated on the way, no lock is
 * taken, and what is kept does not grow with the number of threads. Threads that share a slot overwrite each other's record,
 * which costs one of them its ciphertext if it fails in the same microseconds.
 */
final class RecordInHand {
    private static final int SLOTS = 64;
    private static final int INITIAL = 2048;

    private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(SLOTS);

    /** Keeps a record; the buffer's bytes from start to limit are the record, or what follows its header. */
    void keep(Object inputRecord, long sequence, byte @Nullable [] header, ByteBuffer buffer, int start) {
        int at = index();
        Slot slot = take(at);
        int before = header == null ? 0 : header.length;
        int length = before + buffer.limit() - start;
        if (slot.bytes.length < length) {
            slot.bytes = new byte[Math.max(length, 2 * slot.bytes.length)];
        }
        if (header != null) {
            System.arraycopy(header, 0, slot.bytes, 0, before);
        }
        ByteBuffer view = buffer.duplicate();
        ((java.nio.Buffer) view).position(start);
        view.get(slot.bytes, before, length - before);
        slot.set(inputRecord, sequence, length);
        slots.set(at, slot);
    }

    /** Notes a record that is in the capture already, with its number there. */
    void note(Object inputRecord, long sequence, long number) {
        int at = index();
        Slot slot = take(at);
        slot.set(inputRecord, sequence, 0);
        slot.number = number;
        slots.set(at, slot);
    }

    /** This thread goes on to a record that is not kept: what it had in hand is not the one that fails next. */
    void forget() {
        int at = index();
        Slot slot = slots.getAndSet(at, null);
        if (slot != null) {
            slot.owner = 0;
            slots.set(at, slot);
        }
    }

    /** This thread's last record of that InputRecord, or null. */
    @Nullable
    Slot last(Object inputRecord) {
        Slot slot = slots.get(index());
        return slot != null && slot.isOf(inputRecord) ? slot : null;
    }

    private Slot take(int at) {
        Slot slot = slots.getAndSet(at, null);
        return slot == null ? new Slot() : slot;
    }

    private static int index() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }

    /** One record. Holds no reference to JSSE's objects or the thread. */
    static final class Slot {
        private byte[] bytes = new byte[INITIAL];
        private int length;
        private int owner;
        private int input;
        private long sequence;
        private long number;

        /** In the capture; 0 when it is not there. */
        long number() {
            return number;
        }

        /** Of the record when it came, by the authenticator's count. */
        long sequence() {
            return sequence;
        }

        /** A copy of the record; null when the capture has it already, which it has from now on. */
        byte @Nullable [] takeBytes() {
            byte[] record = length == 0 ? null : Arrays.copyOf(bytes, length);
            length = 0;
            return record;
        }

        private void set(Object inputRecord, long counted, int count) {
            owner = System.identityHashCode(Thread.currentThread());
            input = System.identityHashCode(inputRecord);
            sequence = counted;
            length = count;
            number = 0;
        }

        private boolean isOf(Object inputRecord) {
            return owner == System.identityHashCode(Thread.currentThread())
                    && input == System.identityHashCode(inputRecord);
        }
    }
}
