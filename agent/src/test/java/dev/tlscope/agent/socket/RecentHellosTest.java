package dev.tlscope.agent.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecentHellosTest {
    private final RecentHellos<Integer> hellos = new RecentHellos<>();

    @Test
    void keepsTheLatestAndDropsTheOldest() {
        for (int i = 0; i < 3 * RecentHellos.MOST; i++) {
            hellos.put(hello(i), i);
        }
        assertThat(hellos.size()).isEqualTo(RecentHellos.MOST);
        assertThat(hellos.remove(hello(3 * RecentHellos.MOST - 1))).isEqualTo(3 * RecentHellos.MOST - 1);
        assertThat(hellos.remove(hello(2 * RecentHellos.MOST))).isEqualTo(2 * RecentHellos.MOST);
        assertThat(hellos.remove(hello(2 * RecentHellos.MOST - 1))).isNull();
    }

    @Test
    void whatIsTakenOutLeavesNothingBehind() {
        for (int i = 0; i < 3 * RecentHellos.MOST; i++) {
            hellos.put(hello(i), i);
            assertThat(hellos.remove(hello(i))).isEqualTo(i);
            assertThat(hellos.remove(hello(i))).isNull();
        }
        assertThat(hellos.size()).isZero();
    }

    @Test
    void aHelloHasOneValueTheLast() {
        hellos.put(hello(7), 1);
        hellos.put(hello(7), 2);
        assertThat(hellos.size()).isEqualTo(1);
        assertThat(hellos.remove(hello(7))).isEqualTo(2);
    }

    /** A ClientHello with that number for its random. */
    private static HelloRandom hello(int number) {
        byte[] message = new byte[EngineAddresses.LEAST];
        message[0] = 1;
        ByteBuffer.wrap(message).putInt(6, number);
        return Objects.requireNonNull(HelloRandom.at(message, 0));
    }
}
