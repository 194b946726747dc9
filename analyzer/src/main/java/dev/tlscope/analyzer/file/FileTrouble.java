package dev.tlscope.analyzer.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a file cannot be read or written, and what to do, as the end of a line that names the file. Most
 * exceptions of java.nio have only the file's name as their message.
 */
public final class FileTrouble {
    private FileTrouble() {}

    /** For a capture, or a directory of captures, that cannot be read: {@code WHY; WHAT NEXT}. */
    public static String reading(Path place, IOException e) {
        if (e instanceof AccessDeniedException) {
            return denied(place, "run tlscope as that user, or with sudo");
        }
        if (e instanceof NoSuchFileException) {
            return Files.isSymbolicLink(place)
                    ? "it is a link to a file that does not exist; correct or remove the link"
                    : "it no longer exists: the agent deletes old files (option files); name one that exists";
        }
        return reason(e) + "; check its path and its permissions";
    }

    /** For a file that cannot be written, or created in that directory: {@code WHY; WHAT NEXT}. */
    public static String writing(Path place, IOException e) {
        if (e instanceof AccessDeniedException) {
            return denied(place, "name another directory");
        }
        if (e instanceof NoSuchFileException) {
            return "the directory does not exist; create it, or name another";
        }
        return reason(e) + "; check the free space there, or name another directory";
    }

    private static String denied(Path place, String next) {
        Path absolute = place.toAbsolutePath();
        for (Path at = absolute; at != null; at = at.getParent()) {
            String owner = owner(at);
            if (owner != null) {
                String what = "permission denied; " + (at.equals(absolute) ? "it" : at);
                return owner.equals(System.getProperty("user.name"))
                        ? what + " is your own: change its permissions (chmod u+rwX)"
                        : what + " belongs to " + owner + ": " + next;
            }
        }
        return "permission denied; " + next;
    }

    /** The file's owner; null if it cannot be read either, as in a directory without permission to enter. */
    private static @Nullable String owner(Path place) {
        try {
            return Files.getOwner(place).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }
}
