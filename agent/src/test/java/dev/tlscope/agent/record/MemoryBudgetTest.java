package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which connections give their memory back. */
class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(0);
    private final List<String> given = new ArrayList<>();

    @Test
    void completedOnesComeFirstAndOfEachKindTheOldest() {
        budget.enter(new Held("under way 1", 1), false);
        budget.enter(new Held("completed 1", 2), true);
        budget.enter(new Held("under way 2", 3), false);
        budget.enter(new Held("completed 2", 4), true);
        budget.changed(4);
        budget.makeRoom();
        assertThat(given).containsExactly("completed 1", "completed 2", "under way 1", "under way 2");
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void oneThatLeftGivesNothing() {
        Held first = new Held("first", 1);
        Held middle = new Held("middle", 2);
        Held last = new Held("last", 3);
        for (Held held : List.of(first, middle, last)) {
            budget.enter(held, true);
        }
        budget.leave(middle);
        budget.leave(middle);
        assertThat(budget.holds(middle)).isFalse();
        assertThat(budget.holds(last)).isTrue();
        budget.leave(last);
        budget.enter(last, true);
        budget.changed(2);
        budget.makeRoom();
        assertThat(given).containsExactly("first", "last");
    }

    @Test
    void theOldestUnderWayIsTakenIfItBeganBefore() {
        Held old = new Held("old", 10);
        budget.enter(new Held("completed", 1), true);
        budget.enter(old, false);
        budget.enter(new Held("young", 20), false);
        assertThat(budget.takeBegunBefore(10)).isNull();
        assertThat(budget.takeBegunBefore(11)).isSameAs(old);
        assertThat(budget.takeBegunBefore(11)).isNull();
    }

    private final class Held extends MemoryBudget.Place {
        private final String name;
        private final long begun;

        Held(String name, long begun) {
            this.name = name;
            this.begun = begun;
        }

        @Override
        long begun() {
            return begun;
        }

        @Override
        void evict() {
            given.add(name);
            budget.changed(-1);
        }

        @Override
        void release() {
            // writes nothing here
        }
    }
}
