package dev.tlscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches from a process of the target's user that root starts: a JVM before JDK 11 accepts no other user, and one in a user namespace takes
 * this system's root for nobody. That process finds the target's files below an open directory, because it may not follow
 * {@code /proc/PID/root} itself. It runs {@link AsTargetCommand}.
 */
final class AsTargetUser {
    private static final Logger LOG = LoggerFactory.getLogger(AsTargetUser.class);
    private static final int FIRST_WITH_ROOT = 11;
    private static final String PREFIX = "tlscope: ";

    private AsTargetUser() {}

    static boolean isNeeded(Jvm target) {
        TargetProcess process = target.process;
        return process != null
                && AttachSocket.isPossible()
                && TargetProcess.ownUid() == 0
                && !process.isOwn()
                && (!process.sameUsers || (target.feature() > 0 && target.feature() < FIRST_WITH_ROOT));
    }

    static List<String> ask(TargetProcess process, String command, String options) throws NoAnswer {
        Path directory = null;
        Path jar = null;
        try {
            directory = Files.createTempDirectory("tlscope-");
            jar = Files.copy(Paths.get(System.getProperty("tlscope.jar.self")), directory.resolve("tlscope.jar"));
            Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            List<String> line = new ArrayList<>(
                    Arrays.asList("/bin/sh", "-c", "exec 3<\"$0\" && exec \"$@\"", "/proc/" + process.pid + "/root"));
            Collections.addAll(
                    line,
                    "setpriv",
                    "--reuid=" + Integer.toUnsignedString(process.uid),
                    "--regid=" + Integer.toUnsignedString(process.gid),
                    "--clear-groups",
                    "--");
            Collections.addAll(
                    line,
                    Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-jar",
                    jar.toString());
            Collections.addAll(line, AsTargetCommand.NAME, "" + process.pid, "" + process.innerPid, command, options);
            return run(process, line);
        } catch (NoAnswer e) {
            throw e;
        } catch (IOException e) {
            throw new CommandFailed("the JVM " + process.pid + " accepts an attach by its own user " + process.uid
                    + " only, and no process of that user can be started: " + e.getMessage());
        } finally {
            delete(jar);
            delete(directory);
        }
    }

    private static List<String> run(TargetProcess process, List<String> line) throws IOException {
        LOG.debug("runs {}", line);
        File errors = File.createTempFile("tlscope-", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectError(errors).directory(new File("/"));
            Process started = builder.start();
            started.getOutputStream().close();
            String out = text(started.getInputStream());
            int exitCode = started.waitFor();
            String error = new String(Files.readAllBytes(errors.toPath()), StandardCharsets.UTF_8).trim();
            LOG.debug("exit code {}: {} {}", exitCode, out, error);
            if (exitCode == AsTargetCommand.NO_ANSWER) {
                throw new NoAnswer(error);
            }
            if (exitCode == Cli.OK) {
                return Arrays.asList(out.split("\n"));
            }
            throw new CommandFailed(
                    error.startsWith(PREFIX)
                            ? error.substring(PREFIX.length())
                            : "the JVM " + process.pid + " accepts an attach by its own user " + process.uid
                                    + " only, and "
                                    + System.getProperty("java.home") + " does not start as that user: "
                                    + error.replace('\n', ' ') + "; run tlscope with a Java that this user can read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        } finally {
            delete(errors.toPath());
        }
    }

    private static String text(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            bytes.write(chunk, 0, n);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // only a copy of the jar remains
        }
    }
}
