package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With the largest number of connections that are held. */
class DiffCommandTest {
    private static final int MOST = 5000;

    @TempDir
    private Path directory;

    private record Ran(String out, String err) {}

    @Test
    void holdsOnlyWhatHasItsOtherEndThere() throws IOException {
        // both ends of each, as in a JVM that connects to itself; the servers alone would fill all places
        Path both = write("both.pcapng", MOST, "server", "client");
        Path servers = write("servers.pcapng", MOST, "server");

        Ran ran = diff(both, servers);

        assertThat(ran.err).isEmpty();
        assertThat(ran.out).contains(MOST + " connections at both ends");
    }

    @Test
    void saysThatThereAreMore() throws IOException {
        Ran ran = diff(write("clients.pcapng", MOST + 1, "client"), write("servers.pcapng", MOST + 1, "server"));

        assertThat(ran.err).contains("more than " + MOST + " connections in common");
        assertThat(ran.out).contains(MOST + " connections at both ends");
    }

    private static Ran diff(Path one, Path other) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new DiffCommand());
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        command.execute(one.toString(), other.toString());
        return new Ran(out.toString(), err.toString());
    }

    private Path write(String name, int connections, String... roles) throws IOException {
        Path capture = directory.resolve(name);
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(capture))) {
            long connection = 0;
            for (String role : roles) {
                for (int random = 1; random <= connections; random++) {
                    connection++;
                    writer.write(new Event(EventType.CONNECTION, connection, connection).put(Field.ROLE, role));
                    writer.write(new Event(EventType.MESSAGE, connection, connection)
                            .put(Field.DIRECTION, role.equals("client") ? "out" : "in")
                            .put(Field.CONTENT_TYPE, 22)
                            .put(Field.BYTES, clientHello(random)));
                    writer.write(new Event(EventType.CLOSED, connection, connection));
                }
            }
        }
        return capture;
    }

    /** A ClientHello up to its random (RFC 8446, 4.1.2), by which connections are matched. */
    private static byte[] clientHello(int random) {
        return ByteBuffer.allocate(4 + 2 + 32)
                .putInt(0x01000022)
                .putShort((short) 0x0303)
                .putInt(random)
                .array();
    }
}
