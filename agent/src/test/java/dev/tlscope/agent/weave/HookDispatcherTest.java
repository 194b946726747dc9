package dev.tlscope.agent.weave;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Tap's call reaches the one hook that it was woven for, and no failure leaves the dispatcher. */
class HookDispatcherTest {
    private static final Object[] VALUES = {"value", null, null, null, null};

    private final HookTable table = new HookTable();
    private final WeaveReport report = new WeaveReport(table);
    private final List<String> taken = new ArrayList<>();

    @Test
    void callsTheHookOfThatNumber() {
        HookDispatcher dispatcher = dispatcher(null, "a", "b", "c");
        dispatcher.accept(table.base() + 2, VALUES);
        dispatcher.accept(table.base(), VALUES);
        assertThat(taken).containsExactly("c value", "a value");
    }

    /** As when a thread returns from a read that began before a newer agent was attached. */
    @Test
    void ignoresWhatAnotherTableWove() {
        HookDispatcher dispatcher = dispatcher(null, "a", "b", "c");
        HookTable other = new HookTable();
        other.on("a.B", "d", ENTER, "()V").named("d").to(v -> {});
        for (int number : new int[] {0, 2, 127, other.base(), table.base() - 1, table.base() + 3, Integer.MAX_VALUE}) {
            dispatcher.accept(number, VALUES);
        }
        assertThat(taken).isEmpty();
        assertThat(dispatcher.errors()).isZero();
    }

    @Test
    void aHookWhoseSettingIsOffDoesNothing() {
        table.on("a.B", "m", ENTER, "()V")
                .named("secret")
                .onlyWith("secrets=on")
                .to(v -> taken.add("secret"));
        new HookDispatcher(table, Set.of("secrets=off"), report, null).accept(table.base(), VALUES);
        assertThat(taken).isEmpty();
        new HookDispatcher(table, Set.of("secrets=on"), report, null).accept(table.base(), VALUES);
        assertThat(taken).containsExactly("secret");
    }

    @Test
    void disarmsAHookThatFailsAgainAndAgain() {
        table.on("a.B", "m", ENTER, "()V").named("bad").to(v -> {
            taken.add("bad");
            throw new StackOverflowError("too deep");
        });
        HookDispatcher dispatcher = dispatcher(null, "good");
        for (int i = 0; i < 20; i++) {
            dispatcher.accept(table.base(), VALUES);
        }
        dispatcher.accept(table.base() + 1, VALUES);
        assertThat(taken).hasSize(9).endsWith("good value");
        assertThat(dispatcher.errors()).isEqualTo(8);
        assertThat(dispatcher.firstError()).startsWith("bad: java.lang.StackOverflowError: too deep at ");
        assertThat(report.lines())
                .contains("bad disarmed after 8 failures, the last: java.lang.StackOverflowError: too deep");
    }

    @Test
    void oneHookOrAllCanBeMadeToThrow() {
        HookDispatcher one = dispatcher("b", "a", "b");
        one.accept(table.base(), VALUES);
        one.accept(table.base() + 1, VALUES);
        assertThat(taken).containsExactly("a value");
        assertThat(one.errors()).isEqualTo(1);
        HookDispatcher all = new HookDispatcher(table, Set.of(), report, "*");
        all.accept(table.base(), VALUES);
        assertThat(all.errors()).isEqualTo(1);
    }

    private HookDispatcher dispatcher(String throwIn, String... ids) {
        for (String id : ids) {
            table.on("a.B", id, ENTER, "()V").named(id).to(v -> taken.add(id + " " + v[0]));
        }
        return new HookDispatcher(table, Set.of(), report, throwIn);
    }
}
