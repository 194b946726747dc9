package dev.tlscope.analyzer.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why a file cannot be read or written, and what to do, for the end of a line that names it: the message of most of java.nio's
 * exceptions is the file's name alone.
 */
public final class FileTrouble {
    private FileTrouble() {}

    /** Of a capture, or a directory of captures, that cannot be read: {@code WHY; WHAT NEXT}. */
    public static String reading(Path place, IOException e) {
        if (e instanceof AccessDeniedException) {
            return denied(place, "run tlscope as that user, or with sudo");
        }
        if (e instanceof NoSuchFileException) {
            return Files.isSymbolicLink(place)
                    ? "it is a link to what is not there; mend or remove it"
                    : "it has gone: the agent keeps its newest files only (option files); name one that is there";
        }
        return reason(e) + "; check its path and your rights to it";
    }

    /** Of a file that cannot be written, or be made in that directory: {@code WHY; WHAT NEXT}. */
    public static String writing(Path place, IOException e) {
        if (e instanceof AccessDeniedException) {
            return denied(place, "name another directory");
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such directory; make it, or name another";
        }
        return reason(e) + "; check the room there, or name another directory";
    }

    private static String denied(Path place, String next) {
        Path absolute = place.toAbsolutePath();
        for (Path at = absolute; at != null; at = at.getParent()) {
            String owner = owner(at);
            if (owner != null) {
                String what = "permission denied; " + (at.equals(absolute) ? "it" : at);
                return owner.equals(System.getProperty("user.name"))
                        ? what + " is your own: give yourself the right to it (chmod u+rwX)"
                        : what + " belongs to " + owner + ": " + next;
            }
        }
        return "permission denied; " + next;
    }

    /** Null where that is denied too, as in a directory that cannot be entered. */
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
