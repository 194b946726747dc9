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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row that no method can match is rejected when it is declared. */
class HookTableTest {
    private static final String DESCRIPTOR = "(Ljava/lang/String;JI[BC)I";

    private final HookTable table = new HookTable();

    @Test
    void aHooksNumberIsItsPosition() {
        for (int i = 0; i < HookTable.MOST_HOOKS; i++) {
            row("m" + i, ENTER).named("hook" + i).to((a, b, c, d, e) -> {});
        }
        assertThat(table.hooks()).hasSize(HookTable.MOST_HOOKS);
        for (int i = 0; i < HookTable.MOST_HOOKS; i++) {
            assertThat(table.hooks().get(i).position).isEqualTo(i);
            assertThat(table.hooks().get(i).id()).isEqualTo("hook" + i);
        }
        assertThatThrownBy(() -> row("more", ENTER).named("more").to((a, b, c, d, e) -> {}))
                .hasMessageContaining("1024 hooks");
    }

    @Test
    void tablesThatDifferCountFromOtherNumbers() {
        HookTable other = new HookTable();
        HookTable same = new HookTable();
        row("m", ENTER).named("one").pass(THIS).to((a, b, c, d, e) -> {});
        other.on("a.B", "m", ENTER, DESCRIPTOR).named("two").pass(THIS).to((a, b, c, d, e) -> {});
        same.on("a.B", "m", ENTER, DESCRIPTOR).named("one").pass(THIS).to((a, b, c, d, e) -> {});
        assertThat(table.base())
                .isEqualTo(same.base())
                .isNotEqualTo(other.base())
                .isGreaterThanOrEqualTo(HookTable.MOST_HOOKS);
        assertThat(table.base() % HookTable.MOST_HOOKS).isZero();
    }

    @Test
    void takesAllThatAMethodHas() {
        row("m", ENTER).named("a").pass(THIS, arg(0), arg(1), arg(2), arg(3)).to((a, b, c, d, e) -> {});
        row("m", EXIT).named("b").pass(RESULT).to((a, b, c, d, e) -> {});
        row("m", THROW).named("c").pass(THROWN).to((a, b, c, d, e) -> {});
        row("m", BEFORE_CALL).inside("n").named("d").pass(callArg(7)).to((a, b, c, d, e) -> {});
        row("m", AFTER_CALL)
                .inside("n")
                .named("e")
                .pass(CALL_RECEIVER, callArg(0), CALL_RESULT)
                .to((a, b, c, d, e) -> {});
        row("<init>", EXIT).named("f").to((a, b, c, d, e) -> {});
        assertThat(table.hooks()).hasSize(6);
    }

    @Test
    void refusesASecondHookAtOnePlace() {
        row("m", ENTER).named("one").to((a, b, c, d, e) -> {});
        HookRow second = table.on("a.B", "m", ENTER, "()V", DESCRIPTOR).named("two");
        assertThatThrownBy(() -> second.to((a, b, c, d, e) -> {}))
                .hasMessageContaining("another hook is at a/B.m" + DESCRIPTOR);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "it has no id",
                        new HookTable().on("a.B", "m", ENTER, DESCRIPTOR).pass(THIS)),
                Arguments.of(
                        "no descriptor", new HookTable().on("a.B", "m", ENTER).named("x")),
                Arguments.of("no more than 5", named("m", ENTER).pass(THIS, THIS, THIS, THIS, THIS, THIS)),
                Arguments.of("no such argument", named("m", ENTER).pass(arg(5))),
                Arguments.of("no hook passes a C", named("m", ENTER).pass(arg(4))),
                Arguments.of("only EXIT", named("m", ENTER).pass(RESULT)),
                Arguments.of("no hook passes a V", on("()V").pass(RESULT)),
                Arguments.of("no hook passes a D", on("()D").pass(RESULT)),
                Arguments.of("only THROW", named("m", EXIT).pass(THROWN)),
                Arguments.of("only BEFORE_CALL and AFTER_CALL", named("m", EXIT).pass(callArg(0))),
                Arguments.of(
                        "only AFTER_CALL", named("m", BEFORE_CALL).inside("n").pass(CALL_RESULT)),
                Arguments.of("only AFTER_CALL", named("m", EXIT).pass(CALL_RECEIVER)),
                Arguments.of("does not name the call", named("m", AFTER_CALL)),
                Arguments.of("names a call, but is at none", named("m", ENTER).inside("n")),
                Arguments.of("in a constructor", named("<init>", ENTER)),
                Arguments.of("in a constructor", named("<init>", THROW)),
                Arguments.of(
                        "the IoTap has no bytes(ILjava/lang/String;)V",
                        named("m", ENTER).pass(arg(0)).direct("bytes")),
                Arguments.of(
                        "the IoTap has no array(ILjava/lang/Object;[BI)V",
                        named("m", EXIT).pass(THIS, arg(3), RESULT).direct("array")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void refusesARowThatNoMethodFits(String fault, HookRow row) {
        assertThatThrownBy(() -> row.to((a, b, c, d, e) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault)
                .hasMessageContaining("a/B.");
    }

    private static HookRow named(String method, Hook.Where where) {
        return new HookTable().on("a.B", method, where, DESCRIPTOR).named("x");
    }

    private static HookRow on(String descriptor) {
        return new HookTable().on("a.B", "m", EXIT, descriptor).named("x");
    }

    private HookRow row(String method, Hook.Where where) {
        return table.on("a.B", method, where, DESCRIPTOR);
    }
}
