package dev.tlscope.agent.stack.jsse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The record that a thread is about to decrypt, kept until its next one: if it fails, or turns out to be an alert, its
 * ciphertext is wanted, and JSSE decrypts in place. Private loader, application's threads, once per record.
 *
 * <p>A fixed number of slots, each with one buffer that is used again and again: nothing is allocated on the way, no lock is
 * taken, and what is kept does not grow with the number of threads. A thread has two places of its own, and takes the second while
 * another's record is in the first. Where both are another's, it overwrites the first, which costs that one the record's number, or
 * its ciphertext if it fails in the same microseconds.
 */
final class LastReceivedRecords {
    private static final int SLOTS = 128;

    /** Bits of the thread's hash that the first place does not come from. */
    private static final int SECOND = 12;

    private static final int INITIAL = 2048;
    private static final int NOBODY = 0;

    private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(SLOTS);

    /** Keeps a record; the buffer's bytes from start to limit are the record, or what follows its header. */
    void keep(Object inputRecord, long sequence, byte @Nullable [] header, ByteBuffer buffer, int start) {
        int at = place();
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
        int at = place();
        Slot slot = take(at);
        slot.set(inputRecord, sequence, 0);
        slot.number = number;
        slots.set(at, slot);
    }

    /** This thread goes on to a record that is not kept: what it had in hand is not the one that fails next. */
    void forget() {
        int thread = thread();
        forget(first(thread), thread);
        forget(second(thread), thread);
    }

    /** This thread's last record of that InputRecord, or null. */
    @Nullable
    Slot last(Object inputRecord) {
        int thread = thread();
        // in this order: what is in the second place is older where both are this thread's
        Slot slot = slots.get(first(thread));
        if (slot != null && slot.isOf(inputRecord, thread)) {
            return slot;
        }
        slot = slots.get(second(thread));
        return slot != null && slot.isOf(inputRecord, thread) ? slot : null;
    }

    private void forget(int at, int thread) {
        Slot slot = slots.get(at);
        if (slot != null && slot.owner == thread && slots.compareAndSet(at, slot, null)) {
            slot.owner = NOBODY;
            slots.set(at, slot);
        }
    }

    /** Where this thread puts its next record. */
    private int place() {
        int thread = thread();
        int first = first(thread);
        return isFree(first, thread) || !isFree(second(thread), thread) ? first : second(thread);
    }

    private boolean isFree(int at, int thread) {
        Slot slot = slots.get(at);
        return slot == null || slot.owner == thread || slot.owner == NOBODY;
    }

    private Slot take(int at) {
        Slot slot = slots.getAndSet(at, null);
        return slot == null ? new Slot() : slot;
    }

    private static int thread() {
        return System.identityHashCode(Thread.currentThread());
    }

    private static int first(int thread) {
        return thread & (SLOTS - 1);
    }

    private static int second(int thread) {
        return thread >>> SECOND & (SLOTS - 1);
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
            owner = thread();
            input = System.identityHashCode(inputRecord);
            sequence = counted;
            length = count;
            number = 0;
        }

        private boolean isOf(Object inputRecord, int thread) {
            return owner == thread && input == System.identityHashCode(inputRecord);
        }
    }
}
