package dev.tlscope.it.life;

import dev.tlscope.it.harness.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that any user may write, with the jars of tlscope and of the demo. */
final class SharedDirectory {
    private SharedDirectory() {}

    static void fill(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.copy(Bench.TLSCOPE, directory.resolve("tlscope.jar"));
        Files.copy(Bench.DEMO, directory.resolve("demo.jar"));
    }

    /** Deletes it with all that processes of any user left in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
