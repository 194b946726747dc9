package dev.tlscope.analyzer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {
    private final List<Integer> results = new ArrayList<>();

    @Test
    void resultsComeInTheOrderOfTheTasks() {
        try (Tasks<Integer> tasks = new Tasks<>("test", 2, 4, results::add)) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                tasks.add(() -> number);
            }
            tasks.await();
        }
        assertThat(results).hasSize(100).isSorted();
    }

    /** So that the command line can say that the heap is too small. */
    @Test
    void anErrorIsThrownAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("heap");
        try (Tasks<Integer> tasks = new Tasks<>("test", 1, 4, results::add)) {
            assertThatThrownBy(() -> {
                        tasks.add(() -> {
                            throw error;
                        });
                        tasks.await();
                    })
                    .isSameAs(error);
        }
    }

    @Test
    void aCheckedExceptionIsTheCause() {
        Exception thrown = new Exception("in a task");
        try (Tasks<Integer> tasks = new Tasks<>("test", 1, 4, results::add)) {
            assertThatThrownBy(() -> {
                        tasks.add(() -> {
                            throw thrown;
                        });
                        tasks.await();
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(thrown);
        }
    }
}
