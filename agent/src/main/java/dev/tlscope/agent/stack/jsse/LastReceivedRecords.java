package dev.tlscope.agent.stack.jsse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the record that each thread is about to decrypt until its next one: JSSE decrypts in place, and if the record
 * fails or is an alert, its ciphertext is recorded. Private loader, application's threads, once per record.
 *
 * <p>There is a fixed number of slots, each with one buffer that is reused: nothing is allocated, no lock is taken, and the
 * memory does not grow with the number of threads. A thread has two slots, and uses the second while the first has another
 * thread's record. When both have another thread's, it overwrites the first; that thread then lacks the record's number, or its
 * ciphertext if it fails within the same microseconds.
 */
final class LastReceivedRecords {
    private static final int SLOTS = 128;

    /** Bits of the thread's hash that the first slot does not depend on. */
    private static final int SECOND = 12;

    private static final int INITIAL = 2048;
    private static final int NOBODY = 0;

    private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(SLOTS);

    /** Keeps a record: the buffer's bytes from start to limit are the record, or what follows its header. */
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
        RecordEvents.copy(buffer, start, slot.bytes, before, length - before);
        slot.set(inputRecord, sequence, length);
        slots.set(at, slot);
    }

    /** Keeps the number of a record that was captured already. */
    void note(Object inputRecord, long sequence, long number) {
        int at = place();
        Slot slot = take(at);
        slot.set(inputRecord, sequence, 0);
        slot.number = number;
        slots.set(at, slot);
    }

    /** Called when this thread's next record is not kept, so that the previous one is not taken for a failed one. */
    void forget() {
        int thread = thread();
        forget(first(thread), thread);
        forget(second(thread), thread);
    }

    /** This thread's last record of that InputRecord, or null. */
    @Nullable
    Slot last(Object inputRecord) {
        int thread = thread();
        // In this order: when both slots belong to this thread, the second is older.
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

    /** The slot for this thread's next record. */
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

    /** One record. It has no reference to JSSE's objects or to the thread. */
    static final class Slot {
        private byte[] bytes = new byte[INITIAL];
        private int length;
        private int owner;
        private int input;
        private long sequence;
        private long number;

        /** Its number in the capture; 0 when it was not captured. */
        long number() {
            return number;
        }

        /** The Authenticator's count when the record was received. */
        long sequence() {
            return sequence;
        }

        /** A copy of the record, which then counts as captured; null when it was captured already. */
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
