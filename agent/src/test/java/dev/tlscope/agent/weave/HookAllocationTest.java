package dev.tlscope.agent.weave;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hook's call allocates nothing itself, since JSSE makes two for each record of application data. */
class HookAllocationTest {
    private static final int CALLS = 10_000;

    private final HookTable table = new HookTable();
    private long calls;

    @Test
    void passingAHooksValuesAllocatesNothing() {
        table.on("a.B", "m", ENTER, "()V").named("one").to((a, b, c, d, e) -> calls++);
        HookDispatcher dispatcher = new HookDispatcher(table, Set.of(), new WeaveReport(table), null);
        pass(dispatcher);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        pass(dispatcher);
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(calls).isEqualTo(2L * CALLS);
        // what the measurement itself allocates, which does not grow with the calls
        assertThat(bytes).isLessThan(CALLS);
    }

    private void pass(HookDispatcher dispatcher) {
        for (int i = 0; i < CALLS; i++) {
            dispatcher.accept(table.base(), this, table, "c", "d", null);
        }
    }
}
