package dev.tlscope.agent.socket;

import dev.tlscope.agent.weave.IoTap;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads memory outside the heap through the {@link IoTap}. */
final class NativeBytes {
    private static volatile @Nullable NativeBytes opened;

    private final Method at;
    private final Method word;
    private final long wordSize;

    private NativeBytes() throws ReflectiveOperationException {
        Class<?> tap = Class.forName(IoTap.NAME, true, null);
        at = open(tap.getMethod("at", long.class));
        word = open(tap.getMethod("word", long.class));
        wordSize = (Integer) open(tap.getMethod("wordSize")).invoke(null);
    }

    /** The bytes at an address. */
    static byte[] copy(long address, int count) throws ReflectiveOperationException {
        NativeBytes memory = memory();
        byte[] bytes = new byte[count];
        memory.copy(address, bytes, 0, count);
        return bytes;
    }

    /** The first bytes, up to a number, of the buffers that an array of iovecs (base and length, a word each) describes. */
    static byte[] gather(long iovecs, int buffers, int most) throws ReflectiveOperationException {
        NativeBytes memory = memory();
        byte[] bytes = new byte[most];
        int filled = 0;
        for (int i = 0; i < buffers && filled < most; i++) {
            long iovec = iovecs + 2L * i * memory.wordSize;
            int length = (int) Math.min(memory.word(iovec + memory.wordSize), most - filled);
            memory.copy(memory.word(iovec), bytes, filled, length);
            filled += length;
        }
        return Arrays.copyOf(bytes, filled);
    }

    private static NativeBytes memory() throws ReflectiveOperationException {
        NativeBytes found = opened;
        if (found == null) {
            found = new NativeBytes();
            opened = found;
        }
        return found;
    }

    private void copy(long address, byte[] into, int offset, int count) throws ReflectiveOperationException {
        for (int i = 0; i < count; i++) {
            into[offset + i] = (Byte) at.invoke(null, address + i);
        }
    }

    private long word(long address) throws ReflectiveOperationException {
        return (Long) word.invoke(null, address);
    }

    private static Method open(Method method) {
        method.setAccessible(true);
        return method;
    }
}
