package dev.tlscope.analyzer.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory that stands for its captures. */
public final class CaptureDirectory {
    private CaptureDirectory() {}

    /** Its captures by name. Between this and a look at one of them, the agent may have deleted it. */
    public static List<Path> captures(Path directory) throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
