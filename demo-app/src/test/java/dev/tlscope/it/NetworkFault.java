package dev.tlscope.it;

import java.util.ArrayList;
import java.util.List;

/** What a bad network does to the third of the demo's pieces, which no other record is as long as. */
enum NetworkFault {
    FLIP,
    DROP,
    REPEAT,
    SWAP;

    /** Offset of the byte that FLIP alters, record header included. */
    static final int FLIPPED = 1000;

    private static final int LEAST = 3000;
    private static final int MOST = 3200;
    private static final int APPLICATION_DATA = 23;

    RecordProxy.Fault fault() {
        List<byte[]> pieces = new ArrayList<>();
        return record -> {
            if (record[0] != APPLICATION_DATA || record.length < LEAST || record.length > MOST) {
                return List.of(record);
            }
            pieces.add(record);
            return carry(record, pieces);
        };
    }

    private List<byte[]> carry(byte[] record, List<byte[]> pieces) {
        boolean third = pieces.size() == 3;
        return switch (this) {
            case FLIP -> List.of(third ? flipped(record, FLIPPED) : record);
            case DROP -> third ? List.of() : List.of(record);
            case REPEAT -> third ? List.of(record, record) : List.of(record);
            case SWAP -> third ? List.of() : pieces.size() == 4 ? List.of(record, pieces.get(2)) : List.of(record);
        };
    }

    static byte[] flipped(byte[] record, int offset) {
        byte[] other = record.clone();
        other[offset] ^= 0x10;
        return other;
    }
}
