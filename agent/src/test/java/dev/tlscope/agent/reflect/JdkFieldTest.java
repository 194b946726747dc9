package dev.tlscope.agent.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By reflection, as in a JVM whose java.base lacks our class; the integration tests read the same fields at their offsets. */
class JdkFieldTest {
    @SuppressWarnings("UnusedVariable") // read by reflection
    private static class Base {
        final Object object = "text";
        final boolean flag = true;
        final byte octet = -3;
        final int integer = 0x0304;
    }

    private static final class One extends Base {}

    private static final class Other extends Base {}

    private static final class Lacking {}

    @Test
    void readsTheFieldOfASuperclassFromEveryClassBelow() {
        JdkField field = new JdkField("object");
        for (Object target : new Object[] {new One(), new Other(), new One()}) {
            assertThat(field.get(target)).isEqualTo("text");
        }
    }

    @Test
    void whatIsNotThereReadsAsNothing() {
        JdkField field = new JdkField("object");
        assertThat(field.get(null)).isNull();
        assertThat(field.get(new Lacking())).isNull();
        assertThat(field.isTrue(new Lacking())).isFalse();
        assertThat(field.number(new Lacking(), 9)).isEqualTo(9);
        assertThat(field.get(new One())).as("after a class that lacks it").isEqualTo("text");
    }

    @Test
    void numbersAndFlagsKeepTheirSign() {
        assertThat(new JdkField("octet").number(new One(), 9)).isEqualTo(-3);
        assertThat(new JdkField("integer").number(new Other(), 9)).isEqualTo(0x0304);
        assertThat(new JdkField("flag").isTrue(new One())).isTrue();
        assertThat(new JdkField("flag").number(new One(), 9)).as("no number").isEqualTo(9);
        assertThat(new JdkField("octet").isTrue(new One())).as("no flag").isFalse();
    }
}
