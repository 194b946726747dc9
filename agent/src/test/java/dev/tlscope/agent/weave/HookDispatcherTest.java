package dev.tlscope.agent.weave;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Tap's call reaches the one hook that it was woven for, and no failure leaves the dispatcher. */
class HookDispatcherTest {
    private final HookTable table = new HookTable();
    private final WeaveReport report = new WeaveReport(table);
    private final List<String> taken = new ArrayList<>();

    @Test
    void callsTheHookOfThatNumber() {
        HookDispatcher dispatcher = dispatcher(null, "a", "b", "c");
        pass(dispatcher, table.base() + 2);
        pass(dispatcher, table.base());
        assertThat(taken).containsExactly("c value", "a value");
    }

    /** As when a thread returns from a read that began before a newer agent was attached. */
    @Test
    void ignoresWhatAnotherTableWove() {
        HookDispatcher dispatcher = dispatcher(null, "a", "b", "c");
        HookTable other = new HookTable();
        other.on("a.B", "d", ENTER, "()V").named("d").to((a, b, c, d, e) -> {});
        for (int number : new int[] {0, 2, 127, other.base(), table.base() - 1, table.base() + 3, Integer.MAX_VALUE}) {
            pass(dispatcher, number);
        }
        assertThat(taken).isEmpty();
        assertThat(dispatcher.errors()).isZero();
    }

    @Test
    void aHookWhoseSettingIsOffDoesNothing() {
        table.on("a.B", "m", ENTER, "()V")
                .named("secret")
                .onlyWith("secrets=on")
                .to((a, b, c, d, e) -> taken.add("secret"));
        pass(new HookDispatcher(table, Set.of("secrets=off"), report, null), table.base());
        assertThat(taken).isEmpty();
        pass(new HookDispatcher(table, Set.of("secrets=on"), report, null), table.base());
        assertThat(taken).containsExactly("secret");
    }

    @Test
    void disarmsAHookThatFailsAgainAndAgain() {
        table.on("a.B", "m", ENTER, "()V").named("bad").to((a, b, c, d, e) -> {
            taken.add("bad");
            throw new IllegalStateException("broken");
        });
        HookDispatcher dispatcher = dispatcher(null, "good");
        for (int i = 0; i < 20; i++) {
            pass(dispatcher, table.base());
        }
        pass(dispatcher, table.base() + 1);
        assertThat(taken).hasSize(9).endsWith("good value");
        assertThat(dispatcher.errors()).isEqualTo(8);
        assertThat(dispatcher.firstError()).startsWith("bad: java.lang.IllegalStateException: broken at ");
        assertThat(report.lines())
                .contains("bad disarmed after 8 failures, the last: java.lang.IllegalStateException: broken");
    }

    /** An application that recurses until its stack is full may do so in a handshake, a thousand times. */
    @Test
    void aFullStackOrHeapDisarmsNoHook() {
        table.on("a.B", "m", ENTER, "()V").named("deep").to((a, b, c, d, e) -> {
            taken.add("deep");
            throw new StackOverflowError();
        });
        table.on("a.B", "n", ENTER, "()V").named("short").to((a, b, c, d, e) -> {
            taken.add("short");
            throw new OutOfMemoryError("planted by a test");
        });
        HookDispatcher dispatcher = dispatcher(null);
        for (int i = 0; i < 20; i++) {
            pass(dispatcher, table.base());
            pass(dispatcher, table.base() + 1);
        }
        assertThat(taken).hasSize(40);
        assertThat(dispatcher.errors()).isEqualTo(40);
    }

    @Test
    void oneHookOrAllCanBeMadeToThrow() {
        HookDispatcher one = dispatcher("b", "a", "b");
        pass(one, table.base());
        pass(one, table.base() + 1);
        assertThat(taken).containsExactly("a value");
        assertThat(one.errors()).isEqualTo(1);
        HookDispatcher all = new HookDispatcher(table, Set.of(), report, "*");
        pass(all, table.base());
        assertThat(all.errors()).isEqualTo(1);
    }

    private static void pass(HookDispatcher dispatcher, int number) {
        dispatcher.accept(number, "value", null, null, null, null);
    }

    private HookDispatcher dispatcher(String throwIn, String... ids) {
        for (String id : ids) {
            table.on("a.B", id, ENTER, "()V").named(id).to((a, b, c, d, e) -> taken.add(id + " " + a));
        }
        return new HookDispatcher(table, Set.of(), report, throwIn);
    }
}
