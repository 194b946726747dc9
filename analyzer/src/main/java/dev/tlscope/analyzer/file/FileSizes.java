package dev.tlscope.analyzer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** How large files are, as far as they tell: why one does not is said by who reads it. */
public final class FileSizes {
    private FileSizes() {}

    /** Bytes; 0 for what is not there, or cannot be looked at. */
    public static long of(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Bytes of all of them. */
    public static long of(Collection<Path> files) {
        return files.stream().mapToLong(FileSizes::of).sum();
    }
}
