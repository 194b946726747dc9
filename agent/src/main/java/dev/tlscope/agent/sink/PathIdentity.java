package dev.tlscope.agent.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file or directory that a path named when it was first checked, so that a replacement is detected: a capture with
 * secrets must not go into an unchecked directory. On file systems without file keys (Windows) only a removal is
 * detected.
 */
final class PathIdentity {
    private final Path path;
    private final @Nullable Object key;

    /** Records the identity of what the path names now, without following a symbolic link. */
    PathIdentity(Path path) throws IOException {
        this.path = path;
        this.key = key(path);
    }

    Path path() {
        return path;
    }

    /** Whether the path still names the same file or directory. */
    boolean isSame() {
        try {
            return Objects.equals(key, key(path));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
