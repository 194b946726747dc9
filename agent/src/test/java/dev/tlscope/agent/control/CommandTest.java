package dev.tlscope.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command whose client has ended is known by the lock that the client holds as long as it lives. */
class CommandTest {
    @TempDir
    private Path directory;

    @Test
    void isAbandonedOnceItsClientHasEnded() throws IOException {
        Path reply = Files.createFile(directory.resolve("reply"));
        Command command = Command.parse("command=attach,reply=" + reply + ",held=true,keep=all");
        assertThat(command.options()).isEqualTo("keep=all");
        try (RandomAccessFile file = new RandomAccessFile(reply.toFile(), "rw");
                FileLock lock = file.getChannel().lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(command.isAbandoned()).isFalse();
        }
        assertThat(command.isAbandoned()).as("it was killed").isTrue();
        Files.delete(reply);
        assertThat(command.isAbandoned()).as("it was interrupted").isTrue();
        assertThat(reply).doesNotExist();
    }

    @Test
    void ofAnEarlierVersionOrNoClientIsExecuted() {
        assertThat(Command.parse("command=attach,reply=" + directory.resolve("gone"))
                        .isAbandoned())
                .isFalse();
        assertThat(Command.parse("command=premain,keep=all").isAbandoned()).isFalse();
    }

    @Test
    void thatIsRefusedAttachesNothing() {
        Path gone = directory.resolve("reply");
        Controller controller = new Controller();
        assertThat(controller.apply("command=attach,held=true,reply=" + gone + ",out=" + directory, null))
                .isFalse();
        assertThat(List.of(directory.toFile().list())).isEmpty();
    }
}
