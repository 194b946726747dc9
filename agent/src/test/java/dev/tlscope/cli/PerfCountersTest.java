package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jvmstat files: of this JVM, and made ones in both byte orders, cut off at every place. */
class PerfCountersTest {
    @Test
    void readsThisJvm() throws Exception {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "hsperfdata_" + System.getProperty("user.name"),
                "" + ProcessHandle.current().pid());
        assumeTrue(Files.exists(file), "this JVM has no " + file);
        PerfCounters counters = PerfCounters.read(file);
        assertThat(counters.text("java.property.java.version")).isEqualTo(System.getProperty("java.version"));
        assertThat(counters.text("sun.rt.jvmCapabilities")).startsWith("1");
        assertThat(counters.text("sun.rt.createVmBeginTime")).as("a number").isNull();
        assertThat(counters.text("no.such")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void readsBothByteOrders(String order) {
        byte[] file = file(order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, "/tmp/früh");
        assertThat(PerfCounters.parse(file).text("dev.tlscope.agent")).isEqualTo("/tmp/früh");
        for (int length = 0; length < file.length; length++) {
            PerfCounters cut = PerfCounters.parse(Arrays.copyOf(file, length));
            assertThat(cut == null
                            || cut.text("dev.tlscope.agent") == null
                            || "/tmp/früh".startsWith(cut.text("dev.tlscope.agent"))
                            || length > 70)
                    .isTrue();
        }
    }

    @Test
    void othersAreNone() {
        assertThat(PerfCounters.parse(new byte[100])).isNull();
        byte[] version1 = file(ByteOrder.BIG_ENDIAN, "x");
        version1[5] = 1;
        assertThat(PerfCounters.parse(version1)).isNull();
    }

    /** A prologue and one entry of type text. */
    private static byte[] file(ByteOrder order, String text) {
        byte[] name = "dev.tlscope.agent\0".getBytes(StandardCharsets.UTF_8);
        byte[] value = (text + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer data = ByteBuffer.allocate(32 + 20 + name.length + value.length);
        data.putInt(0xcafec0c0)
                .put((byte) (order == ByteOrder.BIG_ENDIAN ? 0 : 1))
                .put((byte) 2)
                .put((byte) 0)
                .put((byte) 1);
        data.order(order)
                .putInt(data.capacity())
                .putInt(0)
                .putLong(0)
                .putInt(32)
                .putInt(1);
        data.putInt(20 + name.length + value.length).putInt(20).putInt(value.length);
        data.put((byte) 'B').put((byte) 0).put((byte) 5).put((byte) 3).putInt(20 + name.length);
        return data.put(name).put(value).array();
    }
}
