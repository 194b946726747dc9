package dev.tlscope.analyzer.scan;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads records from a stream (RFC 8446, 5.1). */
final class RecordStreamReader {
    static final int HEADER = 5;

    private static final int LEAST_TYPE = 20;
    private static final int MOST_TYPE = 24;
    private static final int MOST_LENGTH = (1 << 14) + 2048;
    private static final int MOST_SHOWN = 200;

    private final InputStream in;

    RecordStreamReader(InputStream in) {
        this.in = in;
    }

    /** The bytes that came are no record. */
    static final class NoRecordException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        NoRecordException(byte[] bytes) {
            super("no record of TLS");
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The next record, header included. */
    byte[] next() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            throw new EOFException("closed the connection without an alert");
        }
        int length = header.length < HEADER ? 0 : (header[3] & 0xff) << 8 | (header[4] & 0xff);
        boolean isRecord = header.length == HEADER
                && header[0] >= LEAST_TYPE
                && header[0] <= MOST_TYPE
                && header[1] == 3
                && length <= MOST_LENGTH;
        if (!isRecord) {
            byte[] more = in.readNBytes(Math.min(MOST_SHOWN, in.available()));
            byte[] all = Arrays.copyOf(header, header.length + more.length);
            System.arraycopy(more, 0, all, header.length, more.length);
            throw new NoRecordException(all);
        }
        byte[] record = Arrays.copyOf(header, HEADER + length);
        if (in.readNBytes(record, HEADER, length) < length) {
            throw new EOFException("closed the connection within a record");
        }
        return record;
    }
}
