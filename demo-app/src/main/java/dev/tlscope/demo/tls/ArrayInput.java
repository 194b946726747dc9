package dev.tlscope.demo.tls;

import java.io.IOException;
import java.io.InputStream;

/** A stream that reads many bytes at a time, and a single byte as an array of one. */
public abstract class ArrayInput extends InputStream {
    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}
