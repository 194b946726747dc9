package dev.tlscope.agent.sink;

import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.OutDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The out directory, which is checked before each file as it was at the start of the capture. One that was made again in its place is as
 * good if it passes the same check and belongs to the same user. Used by the writer's thread.
 */
final class CheckedDirectory {
    private final Path path;
    private final @Nullable Object owner;
    private PathIdentity identity;

    CheckedDirectory(Path path) throws IOException {
        this.path = path;
        this.owner = owner(path);
        this.identity = new PathIdentity(path);
    }

    Path path() {
        return path;
    }

    /** @throws IOException when it was removed, replaced by another user's or by a link, or opened to other users */
    void check() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("out directory " + path + " was removed; make it again with mode 700");
        }
        try {
            OutDirectory.check(path);
        } catch (OptionException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!identity.isSame()) {
            if (owner == null || !owner.equals(owner(path))) {
                throw new IOException(
                        "out directory " + path + " was replaced by one of another user; give it to " + owner);
            }
            identity = new PathIdentity(path);
        }
    }

    private static @Nullable Object owner(Path path) throws IOException {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }
}
