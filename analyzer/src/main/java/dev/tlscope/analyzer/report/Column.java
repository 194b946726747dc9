package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;

/** One number per connection, in the order of the rows. */
final class Column {
    private final String name;
    private long[] values = new long[1024];
    private int size;

    Column(String name) {
        this.name = name;
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    long get(int row) {
        return values[row];
    }

    int size() {
        return size;
    }

    /** Writes an array of the numbers, each reduced by {@code base}. */
    void write(JsonGenerator json, long base) throws IOException {
        json.writeArrayFieldStart(name);
        for (int row = 0; row < size; row++) {
            json.writeNumber(values[row] - base);
        }
        json.writeEndArray();
    }
}
