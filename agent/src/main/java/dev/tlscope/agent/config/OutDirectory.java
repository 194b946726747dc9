package dev.tlscope.agent.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory for the captures: created with mode 0700, or used as it is when it is safe for secrets. */
public final class OutDirectory {
    private OutDirectory() {}

    /**
     * Creates the directory when it is missing, and checks one that exists.
     *
     * @throws OptionException in one line, with the next step
     */
    public static Path prepare(Path directory) throws OptionException {
        try {
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                return make(directory);
            }
            check(directory);
            return directory;
        } catch (IOException e) {
            throw new OptionException("out directory " + directory + " cannot be used: " + e
                    + "; name a directory whose parent exists and is writable");
        }
    }

    /**
     * Checks a directory that exists.
     *
     * @throws OptionException in one line, with the next step, when the directory is not safe for secrets
     */
    public static void check(Path directory) throws OptionException, IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new OptionException("out directory " + directory + " is a symbolic link to "
                    + Files.readSymbolicLink(directory) + "; name the directory itself");
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new OptionException("out directory " + directory + " is a file; name a directory");
        }
        if (hasPosix()) {
            checkAccess(directory);
        }
        if (!Files.isWritable(directory)) {
            throw new OptionException("out directory " + directory + " cannot be written by this JVM's user "
                    + System.getProperty("user.name") + "; name another, or run: chown it to that user");
        }
    }

    private static Path make(Path directory) throws OptionException, IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new OptionException(
                    "out directory " + directory + " cannot be made: " + parent + " is missing; make it first");
        }
        if (parent != null && !Files.isWritable(parent)) {
            throw new OptionException("out directory " + directory + " cannot be made: " + parent
                    + " is not writable by this JVM's user " + System.getProperty("user.name") + "; name another");
        }
        return hasPosix()
                ? Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectory(directory);
    }

    private static void checkAccess(Path directory) throws OptionException, IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> permissions = attributes.permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new OptionException("out directory " + directory + " can be written by others ("
                    + PosixFilePermissions.toString(permissions) + "), who could plant files in it; run: chmod 700 "
                    + directory);
        }
    }

    private static boolean hasPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
