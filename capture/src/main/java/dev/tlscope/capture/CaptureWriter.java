package dev.tlscope.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as a pcapng file (src/docs/capture-format.md). Not thread-safe.
 *
 * <p>All blocks of an event reach the stream in one write, so that a JVM that is killed loses at most the last event.
 * An inbound record waits for the next event of its connection, or for {@link #flush()}, because that event may say
 * that the record was an alert. The writer keeps no byte array of a SECRET event, and zeroes its buffers.
 */
public final class CaptureWriter implements Closeable {
    /** Block type, length, and length again. */
    private static final int FRAME = 12;

    private static final Set<Field> NONE = EnumSet.noneOf(Field.class);
    private static final Set<Field> PACKET = EnumSet.of(Field.BYTES);

    private final OutputStream out;
    private final BlockBuffer buffer = new BlockBuffer();
    private final AddressBook book = new AddressBook();
    private final Map<Long, Conversation> conversations = new HashMap<>();
    private long bytes;
    private boolean broken;

    /** Starts a file: writes the section header and the interface. */
    public CaptureWriter(OutputStream out) throws IOException {
        this.out = out;
        buffer.begin(Pcapng.SECTION_HEADER);
        buffer.u32(Pcapng.BYTE_ORDER_MAGIC);
        buffer.u16(1);
        buffer.u16(0);
        buffer.u64(-1);
        buffer.option(Pcapng.OPTION_SHB_USERAPPL, Pcapng.APPLICATION.getBytes(StandardCharsets.UTF_8));
        buffer.option(Pcapng.OPTION_END, new byte[0]);
        buffer.end();
        buffer.begin(Pcapng.INTERFACE_DESCRIPTION);
        buffer.u16(Pcapng.LINKTYPE_RAW);
        buffer.u16(0);
        buffer.u32(0);
        buffer.option(Pcapng.OPTION_IF_TSRESOL, new byte[] {9});
        buffer.option(Pcapng.OPTION_END, new byte[0]);
        buffer.end();
        drain();
    }

    /**
     * Adds an event.
     *
     * @throws IOException if the stream fails; the file may then end within a block, and every later write throws too
     */
    public void write(Event event) throws IOException {
        Conversation conversation = conversations.get(event.connection());
        if (conversation == null && (event.type() == EventType.CONNECTION || event.type() == EventType.RECORD)) {
            conversation = new Conversation(event.connection(), book);
            conversations.put(event.connection(), conversation);
        }
        try {
            if (conversation == null) {
                append(event);
            } else {
                appendHeld(conversation, conversation.receivedAlert(event));
                append(conversation, event);
            }
            drain();
        } finally {
            // After any throwable, an OutOfMemoryError of the target JVM included, half a block must never be written.
            buffer.wipe();
        }
    }

    /** Writes the records that wait for the next event, and flushes the stream. */
    public void flush() throws IOException {
        for (Conversation conversation : conversations.values()) {
            appendHeld(conversation, null);
        }
        drain();
        out.flush();
    }

    /** The number of bytes written to the stream so far. */
    public long bytes() {
        return bytes;
    }

    /** Flushes, and closes the stream even if that fails. Connections that are still open get no FIN. */
    @Override
    public void close() throws IOException {
        try {
            if (!broken) {
                flush();
            }
        } finally {
            out.close();
        }
    }

    private void append(Conversation conversation, Event event) {
        switch (event.type()) {
            case CONNECTION:
                conversation.learn(event);
                boolean mark = conversation.synthetic() && !event.has(Field.SYNTHETIC_ADDRESS);
                append(mark ? EventEncoder.copy(event, NONE).put(Field.SYNTHETIC_ADDRESS, 1) : event);
                break;
            case RECORD:
                if (event.isSent()) {
                    appendRecord(conversation, event, null);
                } else {
                    conversation.hold(event);
                }
                break;
            case FAILURE:
                conversation.fail(event);
                append(event);
                break;
            case CLOSED:
                append(event);
                conversation.close(buffer, event.timeNanos());
                conversations.remove(event.connection());
                break;
            default:
                append(event);
        }
    }

    private void append(Event event) {
        if (!SecretsBlock.append(buffer, event)) {
            appendTooLong(event, appendBlock(event, NONE));
        }
    }

    /** Appends the event's own block and returns the fields that were too long for it. */
    private List<Field> appendBlock(Event event, Set<Field> without) {
        buffer.begin(Pcapng.EVENT);
        List<Field> tooLong = EventEncoder.append(buffer, event, without, Pcapng.MAX_BLOCK - FRAME);
        buffer.end();
        return tooLong;
    }

    private void appendTooLong(Event event, List<Field> fields) {
        for (Field field : fields) {
            Event note = new Event(EventType.NOTE, event.connection(), event.timeNanos())
                    .put(Field.NAME, "too_long")
                    .put(Field.VALUE, field + " of the " + event.type() + " before was left out");
            appendBlock(note, NONE);
        }
    }

    private void appendHeld(Conversation conversation, @Nullable String comment) {
        Event held = conversation.takeHeld();
        if (held != null) {
            appendRecord(conversation, held, comment);
        }
    }

    private void appendRecord(Conversation conversation, Event event, @Nullable String comment) {
        byte[] record = event.bytes(Field.BYTES);
        if (record == null || record.length == 0 || record.length > Pcapng.MAX_BLOCK) {
            // An empty BYTES field in the event itself tells the reader that no packet follows.
            append(EventEncoder.copy(event, PACKET).put(Field.BYTES, new byte[0]));
            if (record != null && record.length > 0) {
                appendTooLong(event, Collections.singletonList(Field.BYTES));
            }
            return;
        }
        PacketStream stream = conversation.open(buffer, event.timeNanos(), UdpStream.carries(record));
        List<Field> tooLong = appendBlock(event, PACKET);
        boolean outbound = event.isSent();
        String text = outbound ? conversation.sentAlert(record) : comment;
        stream.data(buffer, event.timeNanos(), outbound, record, text);
        appendTooLong(event, tooLong);
    }

    private void drain() throws IOException {
        if (broken) {
            buffer.wipe();
            throw new IOException("an earlier write to this capture failed, so it may end within a block");
        }
        int count = buffer.length();
        if (count == 0) {
            return;
        }
        broken = true;
        try {
            buffer.writeTo(out);
            bytes += count;
            broken = false;
        } finally {
            buffer.wipe();
        }
    }
}
