package dev.tlscope.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions by file: here no agent is in the JVM, so a status says so, and everything else is deleted unanswered. */
class AskedByFileTest {
    @TempDir
    private Path directory;

    @Test
    void aLookWithoutAQuestionDoesNothing() {
        new AskedByFile(directory, "p-", null).look();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach", "premain", "", "expire", "status,out=/tmp/elsewhere", "detach-a-lot-too-long"})
    void onlyTwoCommandsAreTaken(String question) throws Exception {
        Path answer = Files.createFile(directory.resolve(".p-answer"));
        ask(question);
        assertThat(answer).isEmptyFile();
    }

    @Test
    void aSymbolicLinkIsNotRead() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "detach");
        Files.createSymbolicLink(directory.resolve(".p-ask"), other);
        await(new AskedByFile(directory, "p-", null));
        assertThat(other).exists();
        assertThat(directory.resolve(".p-answer")).doesNotExist();
    }

    private void ask(String question) throws Exception {
        Files.writeString(directory.resolve(".p-ask"), question);
        await(new AskedByFile(directory, "p-", null));
    }

    private void await(AskedByFile asked) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            asked.look();
            return !Files.exists(directory.resolve(".p-ask"), java.nio.file.LinkOption.NOFOLLOW_LINKS);
        });
    }
}
