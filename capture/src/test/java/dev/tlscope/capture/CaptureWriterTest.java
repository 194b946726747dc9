package dev.tlscope.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureWriterTest {
    @TempDir
    Path directory;

    @Test
    void everyWriteIsOfCompleteBlocks() throws IOException {
        List<byte[]> writes = new ArrayList<>();
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] b, int off, int len) {
                writes.add(Arrays.copyOfRange(b, off, off + len));
            }
        };
        CaptureWriter writer = new CaptureWriter(out);
        writer.write(Captures.connection(1, "client", null, null));
        writer.write(Captures.record(1, "out", Captures.ENCRYPTED));
        writer.write(Captures.record(1, "in", Captures.ENCRYPTED));
        assertThat(writes).as("the inbound record waits").hasSize(3);
        writer.flush();
        assertThat(writes).hasSize(4);
        writer.flush();
        assertThat(writes).hasSize(4);
        long total = 0;
        for (byte[] write : writes) {
            ByteBuffer blocks = ByteBuffer.wrap(write);
            while (blocks.hasRemaining()) {
                int length = blocks.getInt(blocks.position() + 4);
                assertThat(blocks.getInt(blocks.position() + length - 4)).isEqualTo(length);
                blocks.position(blocks.position() + length);
            }
            total += write.length;
        }
        assertThat(writer.bytes()).isEqualTo(total);
    }

    @Test
    void anOutboundAlertCarriesTheFirstFailureAndItsInnermostException() throws IOException {
        String capture = capture(
                Captures.connection(1, "client", null, null),
                Captures.failure(1, 20, "Tag mismatch", "javax.net.ssl.SSLException: x", "java.lang.A: Tag\nmismatch"),
                Captures.failure(1, 80, "Couldn't kickstart handshaking"),
                Captures.record(1, "out", new byte[] {22, 3, 3, 0, 1, 0}),
                Captures.record(1, "out", Captures.HANDSHAKE_FAILURE),
                Captures.record(1, "out", Captures.HANDSHAKE_FAILURE),
                Captures.closed(1));
        assertThat(capture).containsOnlyOnce("tlscope: bad_record_mac sent: java.lang.A: Tag mismatch (Tag mismatch)");
        assertThat(capture).doesNotContain("internal_error");
        assertThat(capture.indexOf("tlscope: bad_record_mac"))
                .isBetween(capture.indexOf("\25\3\3\0\2\2\50"), capture.lastIndexOf("\25\3\3\0\2\2\50"));
    }

    @Test
    void aFailureWithoutAnAlertIsOnTheFin() throws IOException {
        assertThat(capture(
                        Captures.record(1, "in", Captures.ENCRYPTED),
                        Captures.failure(1, 80, "Broken pipe"),
                        Captures.closed(1)))
                .containsOnlyOnce("tlscope: internal_error, no alert seen on the wire: Broken pipe");
    }

    @Test
    void aReceivedAlertIsNoFailureOfOurs() throws IOException {
        assertThat(capture(
                        Captures.record(1, "in", Captures.HANDSHAKE_FAILURE),
                        Captures.alertMessage(1, 2, 40),
                        Captures.failure(1, 10, "Received fatal alert: handshake_failure"),
                        Captures.record(1, "out", Captures.HANDSHAKE_FAILURE),
                        Captures.closed(1)))
                .containsOnlyOnce("tlscope: received fatal handshake_failure")
                .doesNotContain("unexpected_message");
    }

    @Test
    void addressesAreMarkedAsMadeUpUntilTheyAreKnown() throws IOException {
        byte[] capture = Captures.write(
                Captures.connection(1, "client", null, null),
                Captures.connection(1, "client", "10.0.0.1:5000", "10.0.0.2:443"),
                Captures.connection(2, "server", "10.0.0.2:443", "10.0.0.1:5000"),
                Captures.connection(3, "client", "10.0.0.1:5001", "localhost:443"),
                Captures.closed(1),
                Captures.connection(4, "client", "10.0.0.1:5000", "10.0.0.2:443"));
        List<String> marked = Captures.read(directory.resolve("c"), capture).events().stream()
                .filter(text -> text.endsWith("SYNTHETIC_ADDRESS=1"))
                .map(text -> text.substring(0, text.indexOf('@')))
                .toList();
        assertThat(marked)
                .as("4 may have the pair: no packet of 1 carried it")
                .containsExactly("CONNECTION #1 ", "CONNECTION #2 ", "CONNECTION #3 ");
    }

    @Test
    void afterAFailedWriteNothingMoreIsWritten() throws IOException {
        int[] writes = {0};
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (++writes[0] > 200) {
                    throw new IOException("No space left on device");
                }
            }
        };
        CaptureWriter writer = new CaptureWriter(full);
        assertThatThrownBy(() -> writer.write(Captures.secret(1, "X", new byte[300])))
                .hasMessageContaining("No space");
        int before = writes[0];
        assertThatThrownBy(() -> writer.write(Captures.closed(1))).hasMessageContaining("earlier write");
        writer.close();
        assertThat(writes[0]).isEqualTo(before);
    }

    private static String capture(Event... events) throws IOException {
        return new String(Captures.write(events), StandardCharsets.ISO_8859_1);
    }
}
