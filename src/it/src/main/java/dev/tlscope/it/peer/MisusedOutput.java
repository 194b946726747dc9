package dev.tlscope.it.peer;

import dev.tlscope.demo.tls.ArrayOutput;
import dev.tlscope.demo.tls.Buffers;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends what an SSLEngine wrapped in a wrong way: the fault is in the third write. */
final class MisusedOutput extends ArrayOutput {
    /** The kinds of fault. */
    enum Misuse {
        /** Two threads wrap and send without one lock around both: the fourth record is sent before the third. */
        RACE,
        /** One thread wraps the third and the fourth, and sends them in reverse order. */
        SWAPPED,
        /** The buffer of the third is sent again. */
        TWICE
    }

    private static final int CONCERNED = 3;

    private final MisusedChannel channel;
    private final Misuse misuse;
    private int written;
    private ByteBuffer late = Buffers.empty();

    MisusedOutput(MisusedChannel channel, Misuse misuse) {
        this.channel = channel;
        this.misuse = misuse;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(source, offset, length);
        written++;
        if (written == CONCERNED) {
            late = channel.wrapped(data);
            if (misuse == Misuse.TWICE) {
                channel.send(late.duplicate());
                channel.send(late);
            }
        } else if (written == CONCERNED + 1 && misuse != Misuse.TWICE) {
            if (misuse == Misuse.RACE) {
                OtherThread.run("second-writer", () -> {
                    channel.send(channel.wrapped(data));
                    return true;
                });
            } else {
                channel.send(channel.wrapped(data));
            }
            channel.send(late);
        } else {
            channel.output().write(source, offset, length);
        }
    }
}
