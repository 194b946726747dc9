package dev.tlscope.cli;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts among the counters that a HotSpot JVM keeps in its file {@code hsperfdata_USER/PID}, which jps and jstat read too: version 2.0
 * of the format, as in HotSpot's perfMemory.hpp (PerfDataPrologue, PerfDataEntry), all releases from 5 on. Reading it needs neither
 * the module jdk.internal.jvmstat nor a signal to the JVM.
 */
final class PerfCounters {
    private static final int MAGIC = 0xcafec0c0;
    private static final int TEXT = 5; // perfData.hpp, PerfData::U_String
    /** The default of -XX:PerfDataMemorySize is 32 KB. */
    private static final long MOST_BYTES = 16L << 20;

    private final Map<String, String> texts = new HashMap<>();

    private PerfCounters() {}

    /** Reads the file of a JVM; null when it is none, or incomplete, as while its JVM begins. */
    static @Nullable PerfCounters read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            return null;
        }
        return parse(Files.readAllBytes(file));
    }

    static @Nullable PerfCounters parse(byte[] bytes) {
        try {
            ByteBuffer data = ByteBuffer.wrap(bytes);
            if (data.getInt() != MAGIC) {
                return null;
            }
            data.order(data.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            if (data.get() != 2) {
                return null;
            }
            PerfCounters counters = new PerfCounters();
            int at = data.getInt(24);
            for (int left = data.getInt(28); left > 0; left--) {
                int length = data.getInt(at);
                if (length <= 0) {
                    break;
                }
                counters.add(bytes, data, at);
                at += length;
            }
            return counters;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** The counter's text, or null when there is none of that name. */
    @Nullable
    String text(String name) {
        return texts.get(name);
    }

    private void add(byte[] bytes, ByteBuffer data, int at) {
        int count = data.getInt(at + 8);
        if (data.get(at + 12) == 'B' && data.get(at + 14) == TEXT && count > 0) {
            String name = text(bytes, at + data.getInt(at + 4), bytes.length);
            int value = at + data.getInt(at + 16);
            texts.put(
                    name,
                    text(bytes, value, Math.min(bytes.length, value + count)).trim());
        }
    }

    private static String text(byte[] bytes, int begin, int most) {
        int end = begin;
        while (end < most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }
}
