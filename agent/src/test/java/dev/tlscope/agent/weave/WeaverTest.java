package dev.tlscope.agent.weave;

import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.CALL_RECEIVER;
import static dev.tlscope.agent.weave.HookValue.CALL_RESULT;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The woven code passes the values of its rows, with the hook's number, to the Tap; the method's behaviour does not
 * change.
 */
class WeaverTest {
    private static final String VICTIM = Victim.class.getName();

    /** Hooks of a table that is larger than any of ours, so that the numbers are large too. */
    private static final int FILLERS = 300;

    /** The class that is woven. */
    public static final class Victim implements BinaryOperator<Object> {
        @Override
        public Object apply(Object name, Object number) {
            return work(String.valueOf(name), ((Number) number).longValue(), (byte) 7);
        }

        private static int work(String name, long number, byte small) {
            if (number < 0) {
                throw new IllegalArgumentException(name);
            }
            return name.concat("!").length() + (int) number + small;
        }
    }

    /** Stands in for the Tap in java.base. */
    public static final class CountingTap {
        private static HookDispatcher handler;

        private CountingTap() {}

        /** The signature of the Tap's method. */
        public static void tap(int hook, Object a, Object b, Object c, Object d, Object e) {
            handler.accept(hook, a, b, c, d, e);
        }
    }

    private final HookTable table = new HookTable();
    private final WeaveReport report = new WeaveReport(table);
    private Class<?> woven;
    private final List<String> taken = new ArrayList<>();

    @AfterEach
    void releaseTheTap() {
        CountingTap.handler = null;
    }

    @Test
    void passesTheValuesOfEveryPlace() throws Exception {
        for (int i = 0; i < FILLERS; i++) {
            table.on("a.B", "m" + i, ENTER, "()V").named("filler" + i).to((a, b, c, d, e) -> taken.add("filler"));
        }
        String work = "(Ljava/lang/String;JB)I";
        hook("enter", "work", ENTER, work)
                .pass(arg(0), arg(1), arg(2))
                .to((a, b, c, d, e) -> take("enter", a, b, c, d, e));
        hook("exit", "work", EXIT, work).pass(arg(1), RESULT).to((a, b, c, d, e) -> take("exit", a, b, c, d, e));
        hook("throw", "work", THROW, work).pass(arg(0), THROWN).to((a, b, c, d, e) -> take("throw", a, b, c, d, e));
        hook("before", "work", BEFORE_CALL, work).inside("length").to((a, b, c, d, e) -> take("before", a, b, c, d, e));
        hook("after", "work", AFTER_CALL, work)
                .inside("concat")
                .pass(CALL_RECEIVER, callArg(0), CALL_RESULT)
                .to((a, b, c, d, e) -> take("after", a, b, c, d, e));
        hook("this", "apply", ENTER, "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;")
                .pass(THIS)
                .to((a, b, c, d, e) -> take("this", a.getClass() == woven));
        BinaryOperator<Object> victim = woven();

        assertThat(victim.apply("name", 30)).isEqualTo(5 + 30 + 7);
        assertThat(taken).containsExactly("this true", "enter name 30 7", "after name ! name!", "before", "exit 30 42");
        taken.clear();
        Throwable thrown = catchThrowable(() -> victim.apply("bad", -1));
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessage("bad");
        assertThat(taken)
                .containsExactly("this true", "enter bad -1 7", "throw bad java.lang.IllegalArgumentException: bad");
        assertThat(report.lines())
                .contains("enter woven", "throw woven", "filler0 waiting: its class is not loaded yet");
    }

    @Test
    void saysWhatTheClassLacks() throws Exception {
        hook("other", "work", ENTER, "()V").to((a, b, c, d, e) -> take("other", a, b, c, d, e));
        hook("no-call", "work", BEFORE_CALL, "(Ljava/lang/String;JB)I")
                .inside("substring")
                .to((a, b, c, d, e) -> take("no-call", a, b, c, d, e));
        assertThat(woven().apply("name", 1)).isEqualTo(13);
        assertThat(taken).isEmpty();
        assertThat(report.lines())
                .containsExactly(
                        "no-call refused this JDK has no " + VICTIM + ".work [(Ljava/lang/String;JB)I] that calls"
                                + " substring",
                        "other refused this JDK has no " + VICTIM + ".work [()V]");
    }

    private HookRow hook(String id, String method, Hook.Where where, String descriptor) {
        return table.on(VICTIM, method, where, descriptor).named(id);
    }

    private void take(String id, Object... values) {
        StringBuilder text = new StringBuilder(id);
        Arrays.stream(values)
                .filter(value -> value != null)
                .forEach(value -> text.append(' ').append(value));
        taken.add(text.toString());
    }

    @SuppressWarnings("unchecked")
    private BinaryOperator<Object> woven() throws Exception {
        Weaver weaver = new Weaver(CountingTap.class.getName(), table, report);
        weaver.take(table.hooks());
        CountingTap.handler = new HookDispatcher(table, Set.of(), report, null);
        byte[] bytes = weaver.transform(null, VICTIM.replace('.', '/'), null, null, classFile());
        ClassLoader loader = new ClassLoader(WeaverTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(VICTIM) ? defineClass(name, bytes, 0, bytes.length) : super.loadClass(name, resolve);
            }
        };
        woven = loader.loadClass(VICTIM);
        return (BinaryOperator<Object>) woven.getDeclaredConstructor().newInstance();
    }

    private static byte[] classFile() throws IOException {
        try (InputStream in = Victim.class.getResourceAsStream("WeaverTest$Victim.class")) {
            return in.readAllBytes();
        }
    }
}
