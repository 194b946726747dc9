package dev.tlscope.analyzer.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extensions of a message (RFC 8446, 4.2), each where it lies. Of two of a type the first counts. */
final class Extensions {
    private static final int USUAL = 24;

    private int count;
    private int[] types = new int[USUAL];
    private Wire[] data = new Wire[USUAL];

    private Extensions() {}

    /** The list with which a message ends; none where it ends before. */
    static Extensions read(Wire body) throws MalformedException {
        Extensions extensions = new Extensions();
        if (body.hasMore()) {
            Wire list = body.block(2);
            while (list.hasMore()) {
                int type = list.number(2);
                extensions.add(type, list.block(2));
            }
        }
        return extensions;
    }

    /** Their types, in order. */
    List<Integer> types() {
        return Arrays.stream(types, 0, count).distinct().boxed().toList();
    }

    boolean has(int type) {
        return indexOf(type) >= 0;
    }

    /** The data of that type; null when there is none. */
    byte @Nullable [] data(int type) {
        int index = indexOf(type);
        return index < 0 ? null : data[index].copy();
    }

    /** Puts all types in order, and with the wanted ones their data. */
    void put(ByteBuffer out, int... wanted) {
        for (int i = 0; i < count; i++) {
            out.putShort((short) types[i]);
            for (int one : wanted) {
                if (types[i] == one) {
                    data[i].put(out);
                }
            }
        }
    }

    private void add(int type, Wire content) {
        if (count == types.length) {
            types = Arrays.copyOf(types, 2 * count);
            data = Arrays.copyOf(data, 2 * count);
        }
        types[count] = type;
        data[count++] = content;
    }

    private int indexOf(int type) {
        for (int i = 0; i < count; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        return -1;
    }
}
