package dev.tlscope.agent.sink;

import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.OutDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands under a name, remembered, so that something else put there later is seen: a capture with secrets must not go into a
 * directory that nobody looked at. File systems without file keys (Windows) tell only whether the name is there.
 */
final class PathIdentity {
    private final Path path;
    private final @Nullable Object key;

    /** Remembers what is there, no symbolic link followed. */
    PathIdentity(Path path) throws IOException {
        this.path = path;
        this.key = key(path);
    }

    Path path() {
        return path;
    }

    /** Whether the same is there still. */
    boolean isSame() {
        try {
            return Objects.equals(key, key(path));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The place being the out directory: looks at it as at the start.
     *
     * @throws IOException when it was removed, replaced, or opened to others
     */
    void checkDirectory() throws IOException {
        if (!isSame()) {
            throw new IOException("out directory " + path + " was removed or replaced since the capture began;"
                    + " detach and attach again");
        }
        try {
            OutDirectory.check(path);
        } catch (OptionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
