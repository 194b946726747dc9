package dev.tlscope.it.peer;

import dev.tlscope.demo.tls.EngineChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;

/** A connection whose records {@link MisusedInput} and {@link MisusedOutput} take into their own hands. */
final class MisusedChannel extends EngineChannel {
    private static final int RECORD_HEADER = 5;

    MisusedChannel(SocketChannel channel, SSLEngine engine, int timeoutMillis) throws IOException {
        super(channel, engine, timeoutMillis);
    }

    /** What the engine makes of this, in a buffer of its own; not sent. */
    ByteBuffer wrapped(ByteBuffer source) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(source, record);
        record.flip();
        return record;
    }

    /** Sends what was wrapped. */
    void send(ByteBuffer record) throws IOException {
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    /** Whether the next byte that is read takes another record from the peer. */
    boolean isDrained() {
        return !appIn.hasRemaining();
    }

    /** Length of the next record, which the engine has not seen yet, header included; -1 at the end of the stream. */
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

    /** Takes the next record away from the engine. */
    void takeRecord() throws IOException {
        int length = nextRecord();
        netIn.flip();
        netIn.position(length);
        netIn.compact();
    }

    /** Leaves the next record there twice. */
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
