package dev.tlscope.it.peer;

import dev.tlscope.demo.tls.EngineChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;

/** A connection whose records {@link MisusedInput} and {@link MisusedOutput} can hold back, repeat and reorder. */
final class MisusedChannel extends EngineChannel {
    private static final int RECORD_HEADER = 5;

    MisusedChannel(SocketChannel channel, SSLEngine engine, int timeoutMillis) throws IOException {
        super(channel, engine, timeoutMillis);
    }

    /** Wraps into a separate buffer, which is not sent. */
    ByteBuffer wrapped(ByteBuffer source) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(source, record);
        record.flip();
        return record;
    }

    /** Sends a wrapped record. */
    void send(ByteBuffer record) throws IOException {
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    /** Whether the next read needs another record from the peer. */
    boolean isDrained() {
        return !appIn.hasRemaining();
    }

    /**
     * Length of the next record, which was not passed to the engine yet, header included; -1 at the end of the stream.
     */
    int nextRecord() throws IOException {
        while (true) {
            int length = netIn.position() < RECORD_HEADER
                    ? RECORD_HEADER
                    : RECORD_HEADER + ((netIn.get(3) & 0xff) << 8 | (netIn.get(4) & 0xff));
            if (netIn.position() >= length && length > RECORD_HEADER) {
                return length;
            } else if (!fill()) {
                return -1;
            }
        }
    }

    /** Removes the next record before the engine reads it. */
    void takeRecord() throws IOException {
        int length = nextRecord();
        netIn.flip();
        netIn.position(length);
        netIn.compact();
    }

    /** Inserts a second copy of the next record. */
    void repeatRecord() throws IOException {
        int length = nextRecord();
        netIn.flip();
        ByteBuffer record = netIn.duplicate();
        record.limit(length);
        ByteBuffer twice = ByteBuffer.allocate(netIn.capacity() + length);
        twice.put(record).put(netIn);
        netIn = twice;
    }
}
