package dev.tlscope.demo;

import java.io.IOException;

/**
 * Reads as an application does that lets two threads read from the network and unwrap without one lock around both: while the
 * first has a record in its hands, the second unwraps the one behind it.
 */
final class MisusedInput extends ArrayInput {
    private static final int CONCERNED = 3;

    private final EngineChannel channel;
    private int records;

    MisusedInput(EngineChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        // a session ticket is no piece of what the peer's application writes
        if (channel.isDrained() && channel.nextRecord() >= Pieces.SIZE && ++records == CONCERNED) {
            // the engine refuses the second thread's record before the first comes to unwrap this one
            channel.takeRecord();
            return OtherThread.run("second-reader", () -> channel.input().read(target, offset, length));
        }
        return channel.input().read(target, offset, length);
    }
}
