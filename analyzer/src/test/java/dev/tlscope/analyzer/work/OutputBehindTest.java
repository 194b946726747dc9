package dev.tlscope.analyzer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutputBehindTest {
    private static final int MANY = 100;

    @Test
    void keepsTheOrder() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        StringBuilder expected = new StringBuilder();
        try (OutputBehind out = new OutputBehind(written)) {
            for (int i = 0; i < MANY; i++) {
                out.write(piece(i + "\n"));
                expected.append(i).append('\n');
            }
            out.flush();
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
    }

    /**
     * The stream accepts nothing until all pieces are queued: a writer on the caller's own thread would wait forever.
     */
    @Test
    void givesOnWhileTheStreamWaits() throws IOException {
        CountDownLatch given = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (OutputBehind out = new OutputBehind(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    given.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written.write(b);
            }
        })) {
            out.write(piece("a"));
            out.write(piece("b"));
            given.countDown();
            out.flush();
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("ab");
    }

    @Test
    void tellsOfAPieceThatIsLostAndWritesNothingBehindIt() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        IOException full = new IOException("no space left");
        try (OutputBehind out = new OutputBehind(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (b == 'x') {
                    throw full;
                }
                written.write(b);
            }
        })) {
            assertThatThrownBy(() -> {
                        out.write(piece("a"));
                        out.write(piece("x"));
                        for (int i = 0; i < MANY; i++) {
                            out.write(piece("b"));
                        }
                        out.flush();
                    })
                    .isSameAs(full);
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a");
    }

    private static ByteArrayOutputStream piece(String text) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        piece.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return piece;
    }
}
