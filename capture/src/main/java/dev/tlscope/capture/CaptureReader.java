package dev.tlscope.capture;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the events of a capture file (src/docs/capture-format.md), one block in memory at a time. */
public final class CaptureReader {
    private final BlockReader blocks;
    private final Consumer<? super Event> events;
    private boolean ours;
    private long skipped;
    private @Nullable Event record;
    private long recordOffset;
    private final ByteArrayOutputStream recordBytes = new ByteArrayOutputStream();

    private CaptureReader(BlockReader blocks, Consumer<? super Event> events) {
        this.blocks = blocks;
        this.events = events;
    }

    /**
     * Delivers the events in the file's order, and tells how the file ended. A RECORD has its {@link Field#BYTES} back
     * as the last field. No content makes it throw; blocks over 16 MiB count as damage.
     *
     * @throws IOException when the file cannot be opened or read
     */
    public static Ending read(Path file, Consumer<? super Event> events) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(in, events);
        }
    }

    /** The same from a stream, to its end; the stream is not closed. */
    public static Ending read(InputStream in, Consumer<? super Event> events) throws IOException {
        return new CaptureReader(new BlockReader(in), events).read();
    }

    private Ending read() throws IOException {
        try {
            for (ByteBuffer body = blocks.next(); body != null; body = blocks.next()) {
                block(body);
            }
            if (record != null) {
                return ending(Ending.Kind.DAMAGED, "the file ends before the packet of a RECORD", recordOffset);
            }
            return ours
                    ? ending(Ending.Kind.COMPLETE, "", blocks.bytes())
                    : ending(Ending.Kind.NOT_A_CAPTURE, "a pcapng file without any tlscope block", blocks.bytes());
        } catch (Damage damage) {
            long offset = record != null ? recordOffset : blocks.offset();
            return ending(damage.foreign() ? Ending.Kind.NOT_A_CAPTURE : Ending.Kind.DAMAGED, damage.reason(), offset);
        }
    }

    private Ending ending(Ending.Kind kind, String reason, long offset) {
        return new Ending(kind, reason, offset, blocks.bytes(), skipped);
    }

    private void block(ByteBuffer body) throws Damage {
        switch (blocks.type()) {
            case Pcapng.SECTION_HEADER:
                ours |= namesUs(body);
                break;
            case Pcapng.EVENT:
                ours = true;
                event(EventDecoder.decode(body));
                break;
            case Pcapng.ENHANCED_PACKET:
                if (record != null) {
                    segment(record, PacketPayload.of(body));
                }
                break;
            case Pcapng.DECRYPTION_SECRETS:
                if (ours) {
                    skipped += KeyLog.read(body, events);
                }
                break;
            default:
                break;
        }
    }

    private void event(@Nullable Event event) throws Damage {
        if (record != null) {
            throw Damage.of("an event stands where the packet of a RECORD belongs");
        }
        if (event == null) {
            skipped++;
        } else if (event.type() == EventType.RECORD && !event.has(Field.BYTES)) {
            record = event;
            recordOffset = blocks.offset();
            recordBytes.reset();
        } else {
            events.accept(event);
        }
    }

    private void segment(Event of, PacketPayload payload) throws Damage {
        if (payload.bytes().length > Pcapng.MAX_BLOCK - recordBytes.size()) {
            throw Damage.of("a RECORD is over " + Pcapng.MAX_BLOCK + " bytes long");
        }
        recordBytes.write(payload.bytes(), 0, payload.bytes().length);
        if (payload.last()) {
            record = null;
            events.accept(of.put(Field.BYTES, recordBytes.toByteArray()));
        }
    }

    /** True when the section header's application is tlscope: a capture of no event is one. */
    private static boolean namesUs(ByteBuffer body) {
        if (body.remaining() < 16) {
            return false;
        }
        body.position(16);
        while (body.remaining() >= 4) {
            int code = body.getShort() & 0xffff;
            int length = body.getShort() & 0xffff;
            if (length > body.remaining()) {
                return false;
            }
            byte[] value = new byte[length];
            body.get(value);
            if (code == Pcapng.OPTION_SHB_USERAPPL) {
                return new String(value, StandardCharsets.UTF_8).equals(Pcapng.APPLICATION);
            }
            body.position(Math.min(body.limit(), body.position() + (-length & 3)));
        }
        return false;
    }
}
