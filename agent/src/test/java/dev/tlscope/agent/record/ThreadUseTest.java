package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stacks cost the application time: none is taken if one thread serves a connection, and few if several do. */
class ThreadUseTest {
    private static final int FIRST = 11;
    private static final int SECOND = 12;

    private final ThreadUse use = new ThreadUse();

    @Test
    void oneThreadGivesNoStack() {
        assertThat(IntStream.range(0, 1000).filter(call -> use.passes(FIRST))).isEmpty();
    }

    @Test
    void theSecondThreadAndTheFirstAfterItGiveTheirs() {
        assertThat(use.passes(FIRST)).isFalse();
        assertThat(use.passes(SECOND)).isTrue();
        assertThat(use.passes(FIRST)).isTrue();
    }

    @Test
    void aPoolOfThreadsGivesFour() {
        assertThat(IntStream.range(0, 1000).filter(call -> use.passes(1 + call % 8)))
                .hasSize(4);
    }

    @Test
    void theFirstThreadMayComeLateAgain() {
        use.passes(FIRST);
        assertThat(use.passes(FIRST)).isFalse();
        assertThat(use.passes(SECOND)).isTrue();
        assertThat(use.passes(SECOND)).isTrue();
    }
}
