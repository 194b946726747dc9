package dev.tlscope.it.peer;

import dev.tlscope.demo.tls.ArrayInput;
import java.io.IOException;

/** Hands to an SSLEngine what it reads as no application should: something goes wrong with the third of what is read. */
final class MisusedInput extends ArrayInput {
    /** What goes wrong. */
    enum Misuse {
        /**
         * Two threads read from the network and unwrap without one lock around both: while the first has the third record in its
         * hands, the second unwraps the one behind it.
         */
        TWO_THREADS,
        /** The engine is given the third record again, as from a buffer that was rewound. */
        AGAIN,
        /** The engine is never given it, as from a buffer that was cleared. */
        LOST
    }

    private static final int CONCERNED = 3;

    private final MisusedChannel channel;
    private final Misuse misuse;
    private int records;

    MisusedInput(MisusedChannel channel, Misuse misuse) {
        this.channel = channel;
        this.misuse = misuse;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        // a session ticket is no piece of what the peer's application writes
        if (channel.isDrained() && channel.nextRecord() >= Pieces.SIZE && ++records == CONCERNED) {
            if (misuse == Misuse.AGAIN) {
                channel.repeatRecord();
            } else {
                channel.takeRecord();
            }
            if (misuse == Misuse.TWO_THREADS) {
                // the engine refuses the second thread's record before the first comes to unwrap this one
                return OtherThread.run("second-reader", () -> channel.input().read(target, offset, length));
            }
        }
        return channel.input().read(target, offset, length);
    }
}
