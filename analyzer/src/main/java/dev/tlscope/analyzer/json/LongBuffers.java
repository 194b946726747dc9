package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * Buffers that hold the lines of many handshakes. With the default size of 8,000 bytes, every write of a field may have
 * to flush, and the JIT compiler inlined the flush into every place that writes a field, which took it several seconds.
 */
final class LongBuffers extends RecyclerPool.ConcurrentDequePoolBase<BufferRecycler> {
    private static final long serialVersionUID = 1L;
    private static final int LENGTH = 1 << 18;

    LongBuffers() {
        super(0);
    }

    @Override
    public BufferRecycler createPooled() {
        return new Recycler();
    }

    private static final class Recycler extends BufferRecycler {
        @Override
        public byte[] allocByteBuffer(int kind, int atLeast) {
            return super.allocByteBuffer(
                    kind, kind == BYTE_WRITE_ENCODING_BUFFER ? Math.max(LENGTH, atLeast) : atLeast);
        }
    }
}
