package dev.tlscope.analyzer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exceptions are created here, not provoked, because a test that runs as root is never denied access. */
class FileTroubleTest {
    @TempDir
    private Path directory;

    @Test
    void whatCannotBeReadIsToldWithTheReason() throws IOException {
        Path gone = directory.resolve("gone.pcapng");
        assertThat(FileTrouble.reading(gone, new NoSuchFileException(gone.toString())))
                .isEqualTo("it no longer exists: the agent deletes old files (option files); name one that exists");
        Path link = Files.createSymbolicLink(directory.resolve("link.pcapng"), gone);
        assertThat(FileTrouble.reading(link, new NoSuchFileException(link.toString())))
                .startsWith("it is a link to a file that does not exist; ");
        assertThat(FileTrouble.reading(gone, new FileSystemException(gone.toString(), null, "Stale file handle")))
                .startsWith("Stale file handle; ");
        assertThat(FileTrouble.reading(gone, new IOException("Is a directory"))).startsWith("Is a directory; ");
    }

    @Test
    void whoeverIsDeniedIsToldWhoseItIs() throws IOException {
        AccessDeniedException denied = new AccessDeniedException("a name");
        Path own = Files.createFile(directory.resolve("own.pcapng"));
        assertThat(FileTrouble.reading(own, denied)).startsWith("permission denied; it is your own: ");
        // in a directory that cannot be entered, not even the owner of a file can be read
        assertThat(FileTrouble.reading(directory.resolve("unseen"), denied))
                .startsWith("permission denied; " + directory + " is your own: ");
        String user = System.getProperty("user.name");
        System.setProperty("user.name", "somebody else");
        try {
            assertThat(FileTrouble.reading(own, denied))
                    .isEqualTo("permission denied; it belongs to " + user + ": run tlscope as that user, or with sudo");
            assertThat(FileTrouble.writing(directory, denied))
                    .isEqualTo("permission denied; it belongs to " + user + ": name another directory");
        } finally {
            System.setProperty("user.name", user);
        }
    }

    @Test
    void whatCannotBeWrittenIsToldWithTheReason() {
        assertThat(FileTrouble.writing(directory, new NoSuchFileException("/d/.tlscope-1.part")))
                .startsWith("the directory does not exist; ");
        assertThat(FileTrouble.writing(
                        directory, new FileSystemException("/f/.tlscope-1.part", null, "Not a directory")))
                .startsWith("Not a directory; ");
    }
}
