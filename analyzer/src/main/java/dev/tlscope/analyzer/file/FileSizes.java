package dev.tlscope.analyzer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Sizes of files, as far as they can be read; errors are reported when a file is read. */
public final class FileSizes {
    private FileSizes() {}

    /** The size in bytes; 0 for a file that does not exist or cannot be read. */
    public static long of(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The sum of their sizes in bytes. */
    public static long of(Collection<Path> files) {
        return files.stream().mapToLong(FileSizes::of).sum();
    }
}
