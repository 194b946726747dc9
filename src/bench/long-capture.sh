#!/usr/bin/env bash
# Makes DIR/long.pcapng from a real capture of a few hundred handshakes of every kind (the cells of src/it), each copied many
# times with different randoms, addresses and times: about 14 kB per connection. Needs the built jars.
#   src/bench/long-capture.sh DIR CONNECTIONS FAILED [AGENT-OPTIONS]     FAILED of a hundred fail; AGENT-OPTIONS such as secrets=on
set -euo pipefail
work=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
connections=$2
failed=$3
options=quiet=true,keep=all${4:+,$4}
java=${JAVA:-java}
agent=$PWD/agent/target/tlscope.jar
programs=$PWD/src/it/target/programs.jar
secrets=()
[[ $options == *secrets=on* ]] && secrets=(--secrets)

# without a permissive policy, some cells could not be captured
echo 'jdk.tls.disabledAlgorithms=SSLv3, RC4, DES, MD5withRSA, DH keySize < 1024, EC keySize < 224, anon, NULL' >"$work/all"
echo 'jdk.tls.disabledAlgorithms=SSLv3, TLSv1, RC4, DES, MD5withRSA, DH keySize < 1024, EC keySize < 224, anon, NULL' >"$work/some"
"$java" -cp "$programs" dev.tlscope.it.peer.MakePki "$work/pki" >/dev/null
"$java" -Djava.security.properties="$work/all" "-javaagent:$agent=out=$work/healthy,$options" \
  -cp "$programs" dev.tlscope.it.capture.KeyExchangeRun --pki "$work/pki" >/dev/null
"$java" -Djava.security.properties="$work/some" "-javaagent:$agent=out=$work/failed,$options" \
  -cp "$programs" dev.tlscope.it.cells.CauseCells >/dev/null
"$java" -jar "$agent" export --to pcapng "${secrets[@]}" "$work/healthy" "$work/failed" -o "$work/seed.pcapng"

cat >"$work/Multiply.java" <<'J'
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes a long capture of a short one: SEED OUT CONNECTIONS FAILED. Connections of the seed are written again and again,
 * FAILED of a hundred from those that failed, OPEN of them interleaved at any time; each copy has randoms, a client's
 * address and port, and times of its own. Finished and signatures do not verify any more; everything decodes as before.
 */
public class Multiply {
    private static final int OPEN = 64;
    private static final long STEP_NANOS = 40_000;

    private final SplittableRandom random = new SplittableRandom(20260101);
    private final List<Event> own = new ArrayList<>();
    private final List<Copied> healthy = new ArrayList<>();
    private final List<Copied> failed = new ArrayList<>();
    private long clock;

    public static void main(String[] a) throws Exception {
        new Multiply(Path.of(a[0])).write(Path.of(a[1]), Long.parseLong(a[2]), Integer.parseInt(a[3]));
    }

    Multiply(Path seed) throws Exception {
        Map<Long, List<Event>> connections = new TreeMap<>();
        CaptureReader.read(seed, event -> {
            if (event.connection() == 0) {
                own.add(event);
            } else {
                connections.computeIfAbsent(event.connection(), any -> new ArrayList<>()).add(event);
            }
        });
        for (List<Event> events : connections.values()) {
            boolean closed = events.stream().anyMatch(event -> event.type() == EventType.CLOSED);
            boolean bad = events.stream().anyMatch(event -> event.type() == EventType.FAILURE);
            if (closed) {
                (bad ? failed : healthy).add(new Copied(events));
            }
        }
        clock = own.stream().mapToLong(Event::timeNanos).max().orElse(0);
    }

    void write(Path file, long count, int percent) throws Exception {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                CaptureWriter out = new CaptureWriter(stream)) {
            for (Event event : own) {
                out.write(event);
            }
            ArrayDeque<Iterator<Event>> open = new ArrayDeque<>();
            for (long made = 0; made < count || !open.isEmpty(); ) {
                while (made < count && open.size() < OPEN) {
                    boolean bad = healthy.isEmpty() || (!failed.isEmpty() && random.nextInt(100) < percent);
                    List<Copied> kind = bad ? failed : healthy;
                    open.add(kind.get(random.nextInt(kind.size())).copy(++made));
                }
                Iterator<Event> next = open.remove();
                for (int i = 1 + random.nextInt(8); i > 0 && next.hasNext(); i--) {
                    out.write(next.next());
                }
                if (next.hasNext()) {
                    open.add(next);
                }
            }
        }
    }

    /** A connection of the seed, with what is another in each copy. */
    private final class Copied {
        private final List<Event> events;
        private final List<byte[]> randoms = new ArrayList<>();
        private final boolean client;

        Copied(List<Event> events) {
            this.events = events;
            client = events.stream().anyMatch(event -> "client".equals(event.text(Field.ROLE)));
            for (Event event : events) {
                byte[] bytes = event.type() == EventType.MESSAGE ? event.bytes(Field.BYTES) : null;
                // random stands behind the header and legacy_version of both hellos (RFC 8446, 4.1.2 and 4.1.3)
                if (bytes != null && bytes.length >= 38 && (bytes[0] == 1 || bytes[0] == 2)
                        && event.number(Field.CONTENT_TYPE, 0) == 22) {
                    randoms.add(Arrays.copyOfRange(bytes, 6, 38));
                }
            }
        }

        Iterator<Event> copy(long number) {
            List<byte[]> fresh = new ArrayList<>();
            for (byte[] old : randoms) {
                byte[] made = old.clone();
                for (int i = 0; i < 24; i++) { // the last eight may be a downgrade sentinel
                    made[i] = (byte) random.nextInt();
                }
                fresh.add(made);
            }
            String address = "10." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + "." + (number & 0xff) + ":"
                    + (1024 + (int) (number % 60_000));
            Iterator<Event> source = events.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return source.hasNext();
                }

                @Override
                public Event next() {
                    return copied(source.next(), number, address, fresh);
                }
            };
        }

        private Event copied(Event event, long number, String address, List<byte[]> fresh) {
            Event copy = new Event(event.type(), number, clock += STEP_NANOS / 8);
            for (int i = 0; i < event.size(); i++) {
                Field field = event.field(i);
                Object value = event.value(i);
                if (value instanceof byte[] bytes) {
                    copy.put(field, replaced(bytes, fresh));
                } else if (value instanceof Long along) {
                    copy.put(field, (long) along);
                } else if (field == (client ? Field.LOCAL : Field.PEER)) {
                    copy.put(field, address);
                } else {
                    copy.put(field, (String) value);
                }
            }
            return copy;
        }

        private byte[] replaced(byte[] bytes, List<byte[]> fresh) {
            byte[] copy = bytes;
            for (int r = 0; r < randoms.size(); r++) {
                byte[] old = randoms.get(r);
                // in a hello near the beginning: with or without a record's header
                for (int at = 0; at <= Math.min(bytes.length - 32, 32); at++) {
                    if (Arrays.equals(bytes, at, at + 32, old, 0, 32)) {
                        copy = copy == bytes ? bytes.clone() : copy;
                        System.arraycopy(fresh.get(r), 0, copy, at, 32);
                        break;
                    }
                }
            }
            return copy;
        }
    }
}
J
"$java" -cp capture/target/classes "$work/Multiply.java" "$work/seed.pcapng" "$work/long.pcapng" "$connections" "$failed"
