package dev.tlscope.agent.stack.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread gets its own last record, whatever other threads keep. */
class LastReceivedRecordsTest {
    private static final int PAIRS = 2_000;

    private final LastReceivedRecords inHand = new LastReceivedRecords();
    private final Object inputRecord = new Object();

    @Test
    void isTheLastOne() {
        inHand.note(inputRecord, 1, 11);
        inHand.note(inputRecord, 2, 12);
        assertThat(inHand.last(inputRecord).number()).isEqualTo(12);
        assertThat(inHand.last(new Object())).isNull();
        inHand.keep(inputRecord, 3, new byte[] {23, 3, 3, 0, 1}, ByteBuffer.wrap(new byte[] {9, 7}), 1);
        assertThat(inHand.last(inputRecord).number()).isZero();
        assertThat(inHand.last(inputRecord).takeBytes()).containsExactly(23, 3, 3, 0, 1, 7);
        assertThat(inHand.last(inputRecord).takeBytes()).isNull();
        inHand.forget();
        assertThat(inHand.last(inputRecord)).isNull();
    }

    /** About fifteen of so many pairs would share one slot of 128. */
    @Test
    void isNotAnotherThreadsWhenTwoWorkAtOnce() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        for (int pair = 0; pair < PAIRS; pair++) {
            LastReceivedRecords shared = new LastReceivedRecords();
            CyclicBarrier both = new CyclicBarrier(2);
            Thread[] threads = new Thread[2];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> work(shared, both, lost));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(lost.get()).as("of " + PAIRS + " pairs").isLessThanOrEqualTo(2);
    }

    private static void work(LastReceivedRecords shared, CyclicBarrier both, AtomicInteger lost) {
        Object own = new Object();
        try {
            both.await();
            shared.note(own, 1, 11);
            both.await();
            shared.note(own, 2, 12);
            both.await();
            LastReceivedRecords.Slot last = shared.last(own);
            if (last == null || last.number() != 12) {
                lost.incrementAndGet();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
