package dev.tlscope.demo.tls;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that writes many bytes at a time, and a single byte as an array of one. */
public abstract class ArrayOutput extends OutputStream {
    @Override
    public final void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public abstract void write(byte[] source, int offset, int length) throws IOException;
}
