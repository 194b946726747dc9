package dev.tlscope.agent.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tlscope.agent.record.Counters;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files are written to the directory that was checked at the start, or nowhere, however it changes meanwhile. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be removed there, nor a link be made")
class CaptureFileSetTest {
    private static final int ROTATE = 1024;

    @TempDir
    private Path parent;

    private Path out;
    private Path elsewhere;

    @BeforeEach
    void makeDirectories() throws IOException {
        makeOut();
        elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    }

    private void makeOut() throws IOException {
        out = Files.createDirectory(
                parent.resolve("out"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void aFileThatWasRemovedHasASuccessor() throws IOException {
        CaptureFileSet files = files(1 << 20);
        files.write(note(7));
        Files.delete(out.resolve("tlscope-files-1.pcapng"));
        files.check();
        files.write(note(7));
        files.close();
        assertThat(connections(out.resolve("tlscope-files-2.pcapng"))).containsExactly(0L, 7L);
        assertThat(files.lost()).isEqualTo(1);
        assertThat(files.files())
                .containsExactly(out.resolve("tlscope-files-2.pcapng").toString());
    }

    @Test
    void aFileThatWasReplacedIsLeftAlone() throws IOException {
        CaptureFileSet files = files(1 << 20);
        files.write(note(7));
        Files.move(out.resolve("tlscope-files-1.pcapng"), out.resolve("moved"));
        Files.writeString(out.resolve("tlscope-files-1.pcapng"), "another");
        files.check();
        files.write(note(8));
        files.close();
        assertThat(out.resolve("tlscope-files-1.pcapng")).hasContent("another");
        assertThat(connections(out.resolve("tlscope-files-2.pcapng"))).containsExactly(0L, 8L);
    }

    @Test
    void noFileGoesThroughALinkThatTookTheDirectorysPlace() throws IOException {
        CaptureFileSet files = files(1);
        files.write(closed(7));
        Files.move(out, parent.resolve("moved"));
        Files.createSymbolicLink(out, elsewhere);
        assertThatThrownBy(() -> files.write(note(8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("out directory " + out + " is a symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatWasMadeAgainIsUsed() throws IOException {
        CaptureFileSet files = files(1);
        files.write(closed(7));
        Files.move(out, parent.resolve("moved"));
        assertThatThrownBy(() -> files.write(note(8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was removed; make it again");
        files.abandon();
        assertThatThrownBy(files::resume).isInstanceOf(IOException.class);
        makeOut();
        files.resume();
        files.write(note(9));
        files.close();
        assertThat(connections(out.resolve("tlscope-files-3.pcapng"))).containsExactly(0L, 9L);
    }

    @Test
    void aFileWithoutAnEventIsNotLeftBehind() throws IOException {
        CaptureFileSet files = files(1 << 20);
        files.resume();
        files.abandon();
        files.resume();
        files.write(note(8));
        files.abandon();
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left.filter(file -> file.toString().endsWith(".pcapng")))
                    .containsExactly(out.resolve("tlscope-files-2.pcapng"));
        }
    }

    @Test
    void noFileGoesIntoADirectoryThatOthersMayWriteNow() throws IOException {
        CaptureFileSet files = files(1);
        files.write(closed(7));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> files.write(note(8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can be written by others");
        assertThat(out.resolve("tlscope-files-2.pcapng")).doesNotExist();
    }

    @Test
    void aConnectionThatGoesOnForEverFillsNoFile() throws IOException {
        CaptureFileSet files = files(ROTATE);
        files.write(new Event(EventType.CONNECTION, 7, 2).put(Field.PEER, "192.0.2.7:443"));
        files.write(new Event(EventType.HANDSHAKE, 7, 3));
        while (files.files().size() < 3) {
            files.write(note(7));
        }
        files.close();
        assertThat(Files.size(out.resolve("tlscope-files-1.pcapng"))).isBetween(4L * ROTATE, 5L * ROTATE);
        List<Event> second = events(out.resolve("tlscope-files-2.pcapng"));
        assertThat(second.get(1).type()).isEqualTo(EventType.CONNECTION);
        assertThat(second.get(1).text(Field.PEER)).isEqualTo("192.0.2.7:443");
        assertThat(second.get(1).numbers(Field.JOINED_LATE)).containsExactly(1L);
        assertThat(second.get(2).type()).isEqualTo(EventType.NOTE);
    }

    @Test
    void aHandshakeStaysWhole() throws IOException {
        CaptureFileSet files = files(ROTATE);
        files.write(new Event(EventType.CONNECTION, 7, 2));
        while (files.bytes() < 10 * ROTATE) {
            files.write(note(7));
        }
        files.close();
        assertThat(files.files()).hasSize(1);
    }

    @Test
    void aConnectionOfADeletedFileGoesOnWithItsDescription() throws IOException {
        CaptureFileSet files = files(ROTATE, 1);
        files.write(new Event(EventType.CONNECTION, 7, 2).put(Field.PEER, "192.0.2.7:443"));
        while (files.bytes() < ROTATE) {
            files.write(note(7));
        }
        files.write(note(8));
        files.write(note(7));
        files.close();
        assertThat(events(out.resolve("tlscope-files-2.pcapng")))
                .extracting(Event::type)
                .containsExactly(EventType.CAPTURE, EventType.NOTE, EventType.CONNECTION, EventType.NOTE);
    }

    /**
     * A reader of a capture with only failures needs the number of handshakes that were not kept, at the end of each
     * file.
     */
    @Test
    void eachFileEndsWithWhatWasCounted() throws IOException {
        Counters counters = new Counters();
        CaptureFileSet files = new CaptureFileSet(
                out,
                "tlscope-files-",
                1,
                new DirectoryLimit(out, 10, Long.MAX_VALUE),
                () -> List.of(new Event(EventType.CAPTURE, 0, 1)),
                () -> counters.event(9),
                number -> null,
                null);
        counters.connections.set(5);
        counters.handshakes.set(4);
        counters.failed.set(1);
        files.write(closed(7));
        counters.connections.set(12);
        counters.failed.set(2);
        counters.dropped.set(3);
        files.write(closed(8));
        files.close();
        assertThat(counted("tlscope-files-1.pcapng")).containsExactly("12", "4", "2", "3");
        assertThat(counted("tlscope-files-2.pcapng")).containsExactly("12", "4", "2", "3");
        assertThat(last("tlscope-files-2.pcapng").texts(Field.NAME))
                .containsExactly("counted.connections", "counted.completed", "counted.failed", "counted.dropped");
    }

    private List<String> counted(String file) throws IOException {
        return last(file).texts(Field.VALUE);
    }

    private Event last(String file) throws IOException {
        List<Event> events = events(out.resolve(file));
        return events.get(events.size() - 1);
    }

    private CaptureFileSet files(long rotate) throws IOException {
        return files(rotate, 10);
    }

    private CaptureFileSet files(long rotate, long most) throws IOException {
        Supplier<List<Event>> opening = () -> List.of(new Event(EventType.CAPTURE, 0, 1));
        return new CaptureFileSet(
                out,
                "tlscope-files-",
                rotate,
                new DirectoryLimit(out, most, Long.MAX_VALUE),
                opening,
                () -> null,
                number -> null,
                null);
    }

    private static List<Long> connections(Path file) throws IOException {
        return events(file).stream().map(Event::connection).toList();
    }

    private static List<Event> events(Path file) throws IOException {
        List<Event> found = new ArrayList<>();
        CaptureReader.read(file, found::add);
        return found;
    }

    private static Event note(long connection) {
        return new Event(EventType.NOTE, connection, 2);
    }

    /** After this event the file need not wait for the connection. */
    private static Event closed(long connection) {
        return new Event(EventType.CLOSED, connection, 2);
    }
}
