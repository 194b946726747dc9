package dev.tlscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the reader handles files that are truncated, corrupted, foreign, or newer than itself. */
class DamageTest {
    @TempDir
    Path directory;

    Path file;
    byte[] capture;
    List<String> whole;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("capture.pcapng");
        capture = Captures.write(
                new Event(EventType.CAPTURE, 0, 1).put(Field.NAME, "pid").put(Field.VALUE, "1"),
                Captures.connection(1, "client", "10.0.0.1:5000", "10.0.0.2:443"),
                Captures.record(1, "out", Captures.ENCRYPTED),
                Captures.secret(1, "CLIENT_TRAFFIC_SECRET_0", (byte) 1, (byte) 2),
                Captures.record(1, "in", Captures.HANDSHAKE_FAILURE),
                Captures.alertMessage(1, 2, 40),
                Captures.failure(1, 40, "Received fatal alert: handshake_failure"),
                Captures.closed(1));
        whole = Captures.read(file, capture).events();
        assertThat(whole).hasSize(8);
    }

    @Test
    @Tag("slow")
    void truncatedAtEveryByteDeliversAPrefix() throws IOException {
        int before = 0;
        for (int length = 0; length < capture.length; length++) {
            Captures.Read read = Captures.read(file, Arrays.copyOf(capture, length));
            assertThat(read.events())
                    .as("cut at %d", length)
                    .isEqualTo(whole.subList(0, read.events().size()));
            assertThat(read.events()).hasSizeGreaterThanOrEqualTo(before);
            assertThat(read.ending().offset()).isLessThanOrEqualTo(length);
            assertThat(read.ending().bytes()).isEqualTo(length);
            before = read.events().size();
        }
        assertThat(before).isEqualTo(8);
    }

    /** A file after editcap or tshark -w, which keep the packets and drop unknown blocks. */
    @Test
    void packetsWithoutAnEventAreNoCapture() throws IOException {
        ByteBuffer blocks = ByteBuffer.wrap(capture);
        ByteBuffer kept = ByteBuffer.allocate(capture.length);
        while (blocks.hasRemaining()) {
            int start = blocks.position();
            int length = blocks.getInt(start + 4);
            if (blocks.getInt(start) != Pcapng.EVENT) {
                kept.put(capture, start, length);
            }
            blocks.position(start + length);
        }
        Captures.Read read = Captures.read(file, Arrays.copyOf(kept.array(), kept.position()));
        assertThat(read.ending().kind()).isEqualTo(CaptureEnding.Kind.NOT_A_CAPTURE);
        assertThat(read.ending().toString()).contains("editcap");
    }

    @Test
    @Tag("slow")
    void anySingleByteChangedNeverThrows() throws IOException {
        Random random = new Random(1);
        for (int at = 0; at < capture.length; at++) {
            byte[] spoilt = capture.clone();
            spoilt[at] ^= (byte) (1 << random.nextInt(8));
            Captures.Read read = Captures.read(file, spoilt);
            assertThat(read.events()).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    @Tag("slow")
    void noiseAfterTheHeadersNeverThrows() throws IOException {
        Random random = new Random(2);
        for (int round = 0; round < 2000; round++) {
            byte[] noise = capture.clone();
            int changes = 1 + random.nextInt(20);
            for (int i = 0; i < changes; i++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            Captures.read(file, noise);
        }
    }

    @Test
    void truncationTellsOffsetAndReason() throws IOException {
        Captures.Read read = Captures.read(file, Arrays.copyOf(capture, capture.length - 1));
        assertThat(read.ending().kind()).isEqualTo(CaptureEnding.Kind.DAMAGED);
        assertThat(read.ending().toString())
                .matches("damaged at byte offset \\d+: the file ends within a block of \\d+ bytes, after \\d+");
    }

    @Test
    void foreignFilesAreNamedSo() throws IOException {
        assertThat(Captures.read(file, new byte[0]).ending()).hasToString("not a tlscope capture: the file is empty");
        assertThat(Captures.read(file, "#!/bin/sh".getBytes(StandardCharsets.UTF_8))
                        .ending())
                .hasToString("not a tlscope capture: it does not begin with a pcapng section header");
        assertThat(Captures.read(file, Blocks.section(ByteOrder.LITTLE_ENDIAN)).ending())
                .hasToString("not a tlscope capture: a pcapng file without any tlscope block");
    }

    @Test
    void aBlockOfOver16MiBIsDamage() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(12).putInt(5).putInt(Pcapng.MAX_BLOCK + 4);
        Captures.Read read = Captures.read(file, Blocks.concat(capture, block.array()));
        assertThat(read.events()).isEqualTo(whole);
        assertThat(read.ending())
                .hasToString("damaged at byte offset " + capture.length + ": block length 16777220 is out of range");
    }

    @Test
    void littleEndianAndUnknownPartsAreRead() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        byte[] known = Blocks.event(
                order, 1, EventType.NOTE.code(), Field.REASON.code(), "why".getBytes(StandardCharsets.UTF_8));
        byte[] number =
                Blocks.event(order, 1, EventType.NOTE.code(), Field.ALERT.code(), new byte[] {0, 0, 0, 0, 0, 0, 0, 40});
        byte[] unknownField = Blocks.event(order, 1, EventType.NOTE.code(), 999, new byte[5]);
        byte[] unknownType = Blocks.event(order, 1, 999, Field.REASON.code(), new byte[5]);
        byte[] newer = Blocks.event(order, 2, EventType.NOTE.code(), Field.REASON.code(), new byte[5]);
        byte[] unknownBlock = Blocks.block(order, 0x80001234, new byte[8]);
        Captures.Read read = Captures.read(
                file,
                Blocks.concat(Blocks.section(order), known, unknownBlock, number, unknownField, unknownType, newer));
        assertThat(read.events()).containsExactly("NOTE #5 @6 REASON=why", "NOTE #5 @6 ALERT=40", "NOTE #5 @6");
        assertThat(read.ending().complete()).isTrue();
        assertThat(read.ending().skipped()).isEqualTo(2);
    }

    @Test
    void keyLogLinesOfAnotherProgramBelongToNoConnection() throws IOException {
        String text =
                "# comment\r\n\r\nCLIENT_RANDOM " + "Ab".repeat(32) + " 0aFF\rRSA 00 11\nX " + "00".repeat(32) + " 01";
        byte[] lines = text.getBytes(StandardCharsets.US_ASCII);
        byte[] body = ByteBuffer.allocate(8 + (lines.length + 3 & ~3))
                .putInt(Pcapng.TLS_KEY_LOG)
                .putInt(lines.length)
                .put(lines)
                .array();
        byte[] block = Blocks.block(ByteOrder.BIG_ENDIAN, Pcapng.DECRYPTION_SECRETS, body);
        Captures.Read read = Captures.read(file, Blocks.concat(Captures.write(), block));
        assertThat(read.events())
                .containsExactly(
                        "SECRET #0 @0 LABEL=CLIENT_RANDOM CLIENT_RANDOM=" + "ab".repeat(32) + " BYTES=0aff",
                        "SECRET #0 @0 LABEL=X CLIENT_RANDOM=" + "00".repeat(32) + " BYTES=01");
        assertThat(read.ending().skipped()).isEqualTo(1);
    }
}
