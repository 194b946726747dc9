package dev.tlscope.it.peer;

import dev.tlscope.demo.tls.ArrayInput;
import java.io.IOException;

/** Passes records to an SSLEngine in a wrong way: the fault is in the third record of application data. */
final class MisusedInput extends ArrayInput {
    /** The kinds of fault. */
    enum Misuse {
        /**
         * Two threads read from the network and unwrap without one lock around both: while the first thread
         * holds the third record, the second one unwraps the record after it.
         */
        TWO_THREADS,
        /** The engine gets the third record again, as from a buffer that was rewound. */
        AGAIN,
        /** The engine never gets it, as from a buffer that was cleared. */
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
        // a session ticket is shorter than a piece of the peer's application data
        if (channel.isDrained() && channel.nextRecord() >= Pieces.SIZE && ++records == CONCERNED) {
            if (misuse == Misuse.AGAIN) {
                channel.repeatRecord();
            } else {
                channel.takeRecord();
            }
            if (misuse == Misuse.TWO_THREADS) {
                // the engine rejects the second thread's record before the first thread unwraps this one
                return OtherThread.run("second-reader", () -> channel.input().read(target, offset, length));
            }
        }
        return channel.input().read(target, offset, length);
    }
}
