package dev.tlscope.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the key log lines (RFC 9850, 2) of a Decryption Secrets Block as SECRET events. */
final class KeyLog {
    private static final Set<Field> NONE = EnumSet.noneOf(Field.class);

    private KeyLog() {}

    /** Delivers one event per line, and returns the number of lines that could not be parsed. */
    static int read(ByteBuffer body, Consumer<? super Event> events) throws Damage {
        if (body.remaining() < 8) {
            throw Damage.of("a Decryption Secrets Block is too short");
        }
        if (body.getInt() != Pcapng.TLS_KEY_LOG) {
            return 0;
        }
        int length = body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw Damage.of("the secrets are longer than their block");
        }
        int start = body.arrayOffset() + body.position();
        byte[] block = body.array();
        body.position(Math.min(body.limit(), body.position() + (length + 3 & ~3)));
        Event origin = origin(body);
        int skipped = 0;
        int from = start;
        for (int at = start; at <= start + length; at++) {
            if (at == start + length || block[at] == '\n' || block[at] == '\r') {
                String line = new String(block, from, at - from, StandardCharsets.ISO_8859_1);
                from = at + 1;
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                Event event = secret(line, origin);
                if (event == null) {
                    skipped++;
                } else {
                    events.accept(event);
                }
            }
        }
        return skipped;
    }

    /** The event in the writer's own option; for another program's block an event of connection 0 and time 0. */
    private static Event origin(ByteBuffer options) throws Damage {
        while (options.remaining() >= 4) {
            int code = options.getShort() & 0xffff;
            int length = options.getShort() & 0xffff;
            if (code == Pcapng.OPTION_END || length > options.remaining()) {
                break;
            }
            int next = Math.min(options.limit(), options.position() + (length + 3 & ~3));
            if (code == Pcapng.OPTION_EVENT) {
                ByteBuffer value = options.duplicate().order(options.order());
                value.limit(options.position() + length);
                Event event = EventDecoder.decode(value);
                if (event != null && event.type() == EventType.SECRET) {
                    return event;
                }
            }
            options.position(next);
        }
        return new Event(EventType.SECRET, 0, 0);
    }

    private static @Nullable Event secret(String line, Event origin) {
        StringTokenizer parts = new StringTokenizer(line, " ");
        if (parts.countTokens() != 3) {
            return null;
        }
        String label = parts.nextToken();
        byte[] random = hex(parts.nextToken());
        byte[] secret = hex(parts.nextToken());
        if (random == null || random.length != 32 || secret == null) {
            return null;
        }
        return EventEncoder.copy(origin, NONE)
                .put(Field.LABEL, label)
                .put(Field.CLIENT_RANDOM, random)
                .put(Field.BYTES, secret);
    }

    private static byte @Nullable [] hex(String digits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(digits.length() / 2);
        for (int i = 0; i + 1 < digits.length(); i += 2) {
            int high = Character.digit(digits.charAt(i), 16);
            int low = Character.digit(digits.charAt(i + 1), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high << 4 | low);
        }
        return digits.length() % 2 == 0 ? bytes.toByteArray() : null;
    }
}
