package dev.tlscope.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the events of a capture file (src/docs/capture-format.md), one block in memory at a time. */
public final class CaptureReader {
    private final BlockReader blocks;
    private final Consumer<? super CapturedEvent> events;
    private final CapturedEvent at = new CapturedEvent();
    private final RecordParts record = new RecordParts();
    private boolean ours;
    private boolean eventless = true;
    private boolean packets;
    private long skipped;
    private long recordOffset;

    private CaptureReader(BlockReader blocks, Consumer<? super CapturedEvent> events) {
        this.blocks = blocks;
        this.events = events;
    }

    /**
     * Delivers the events in the file's order, and returns how the file ended. A RECORD has its {@link Field#BYTES} as
     * its last field. No content makes this method throw; a block over 16 MiB counts as damage.
     *
     * @throws IOException when the file cannot be opened or read
     */
    public static CaptureEnding read(Path file, Consumer<? super Event> events) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, events);
        }
    }

    /** Reads the events of a stream, to its end; does not close the stream. */
    public static CaptureEnding read(InputStream in, Consumer<? super Event> events) throws IOException {
        return scan(in, captured -> events.accept(captured.event()));
    }

    /**
     * Reads the events of a stream without decoding all their fields. The same {@link CapturedEvent} object is passed
     * on every call, with other content. Streams that return many bytes per read are read fastest.
     */
    public static CaptureEnding scan(InputStream in, Consumer<? super CapturedEvent> events) throws IOException {
        return new CaptureReader(new BlockReader(in), events).read();
    }

    private CaptureEnding read() throws IOException {
        try {
            for (ByteBuffer body = blocks.next(); body != null; body = blocks.next()) {
                block(body);
            }
            if (record.isOpen()) {
                return ending(CaptureEnding.Kind.DAMAGED, "the file ends before the packet of a RECORD", recordOffset);
            }
            if (ours && eventless && packets) {
                String reason = "its packets are there but no event, which editcap and tshark -w leave out";
                return ending(CaptureEnding.Kind.NOT_A_CAPTURE, reason, blocks.bytes());
            }
            return ours
                    ? ending(CaptureEnding.Kind.COMPLETE, "", blocks.bytes())
                    : ending(
                            CaptureEnding.Kind.NOT_A_CAPTURE,
                            "a pcapng file without any tlscope block",
                            blocks.bytes());
        } catch (Damage damage) {
            long offset = record.isOpen() ? recordOffset : blocks.offset();
            return ending(
                    damage.foreign() ? CaptureEnding.Kind.NOT_A_CAPTURE : CaptureEnding.Kind.DAMAGED,
                    damage.reason(),
                    offset);
        }
    }

    private CaptureEnding ending(CaptureEnding.Kind kind, String reason, long offset) {
        return new CaptureEnding(kind, reason, offset, blocks.bytes(), skipped);
    }

    private void block(ByteBuffer body) throws Damage {
        switch (blocks.type()) {
            case Pcapng.SECTION_HEADER:
                ours |= namesUs(body);
                break;
            case Pcapng.EVENT:
                ours = true;
                eventless = false;
                event(body);
                break;
            case Pcapng.ENHANCED_PACKET:
                packets = true;
                if (record.isOpen() && record.add(body)) {
                    record.deliver(at);
                    events.accept(at);
                }
                break;
            case Pcapng.DECRYPTION_SECRETS:
                if (ours) {
                    skipped += KeyLog.read(body, secret -> {
                        at.become(secret);
                        events.accept(at);
                    });
                }
                break;
            default:
                break;
        }
    }

    private void event(ByteBuffer body) throws Damage {
        EventType type = EventDecoder.type(body);
        if (type == null) {
            refuseWithinRecord();
            skipped++;
            return;
        }
        long connection = body.getLong();
        long timeNanos = body.getLong();
        int from = body.position();
        int length = body.remaining();
        boolean whole = EventDecoder.check(body) || type != EventType.RECORD;
        refuseWithinRecord();
        at.become(type, connection, timeNanos);
        at.fields(body, from, length);
        if (whole) {
            events.accept(at);
        } else {
            record.open(at);
            recordOffset = blocks.offset();
        }
    }

    private void refuseWithinRecord() throws Damage {
        if (record.isOpen()) {
            throw Damage.of("an event stands where the packet of a RECORD belongs");
        }
    }

    /**
     * True when the section header names tlscope as the application: such a file is a capture, even one without events.
     */
    private static boolean namesUs(ByteBuffer body) {
        if (body.remaining() < 16) {
            return false;
        }
        body.position(body.position() + 16);
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
