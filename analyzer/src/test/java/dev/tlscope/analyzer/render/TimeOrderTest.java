package dev.tlscope.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    private final List<String> passed = new ArrayList<>();

    @Test
    void passesTheOldestFirstAndEqualTimesAsTheyCame() throws IOException {
        TimeOrder order = new TimeOrder(100, passed::add);
        order.add(30, "c");
        order.add(10, "a1");
        order.add(20, "b");
        order.add(10, "a2");
        assertThat(passed).isEmpty();
        order.end();
        assertThat(passed).containsExactly("a1", "a2", "b", "c");
    }

    @Test
    void passesOnWhatItHasNoRoomFor() throws IOException {
        TimeOrder order = new TimeOrder(4, passed::add);
        order.add(20, "20");
        order.add(10, "10");
        order.add(30, "30");
        assertThat(passed).containsExactly("10");
        order.end();
        assertThat(passed).containsExactly("10", "20", "30");
    }
}
