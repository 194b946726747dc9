package dev.tlscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * HotSpot's attach protocol, version 1, which all releases from 5 on understand (HotSpot's attachListener.cpp and
 * os/posix/attachListener_posix.cpp): a file {@code .attach_pidN} and SIGQUIT make the JVM open the UNIX socket {@code .java_pidN}; a
 * request is texts that end with zero bytes, the answer a line with a number, and text. Java has UNIX sockets from 16 on, in every runtime.
 */
final class AttachSocket {
    private static final long MOST_MILLIS = 10_000;
    private static final long STEP_MILLIS = 20;
    /** attachListener.hpp: AttachOperation::arg_length_max. */
    private static final int MOST_ARGUMENT = 1024;

    private final TargetProcess process;
    private final Path socket;

    AttachSocket(TargetProcess process) {
        this.process = process;
        this.socket = file(".java_pid");
    }

    /** Whether this Java has UNIX sockets and this system is one where the JVMs use them so. */
    static boolean isPossible() {
        try {
            Class.forName("java.net.UnixDomainSocketAddress");
            return TargetProcess.isKnown();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Makes the JVM load an agent's jar and call its agentmain.
     *
     * @param argument {@code JAR=ARGUMENTS}, the jar as the JVM names it
     * @throws AttachRefused when the JVM says that it did not
     * @throws IOException when the JVM cannot be reached, or does not answer
     */
    void load(String argument) throws IOException, InterruptedException {
        byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_ARGUMENT) {
            throw new CommandFailed("the options are too long: the JVM accepts " + MOST_ARGUMENT
                    + " bytes with the jar's path, and these are " + bytes.length + "; use shorter paths");
        }
        awaken();
        String answer = exchange(("1\0load\0instrument\0false\0" + argument + "\0").getBytes(StandardCharsets.UTF_8));
        if (answer.isEmpty()) {
            throw new IOException("it closed the connection without an answer");
        }
        AttachAnswer.check(answer);
    }

    /** Makes the JVM open its socket, unless it has before. */
    private void awaken() throws IOException, InterruptedException {
        if (Files.exists(socket)) {
            return;
        }
        Path trigger = file(".attach_pid");
        try {
            try {
                process.give(Files.createFile(trigger));
            } catch (FileAlreadyExistsException e) {
                // another attach is under way
            }
            quit();
            for (long waited = 0; !Files.exists(socket); waited += STEP_MILLIS) {
                if (waited >= MOST_MILLIS) {
                    throw new AttachRefused(AttachAnswer.SILENT);
                }
                if (waited == MOST_MILLIS / 2) {
                    quit(); // as the JDK's own client does
                }
                Thread.sleep(STEP_MILLIS);
            }
        } finally {
            Files.deleteIfExists(trigger);
        }
    }

    private void quit() throws IOException, InterruptedException {
        if (!process.catchesQuit()) {
            throw new IOException("it does not handle SIGQUIT: it is starting, or runs with -Xrs");
        }
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -QUIT " + process.pid)
                .redirectErrorStream(true)
                .start();
        kill.getOutputStream().close();
        if (!kill.waitFor(MOST_MILLIS, TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
            throw new IOException("it cannot be sent SIGQUIT");
        }
    }

    private String exchange(byte[] request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address(socket))) {
            for (ByteBuffer rest = ByteBuffer.wrap(request); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer chunk = ByteBuffer.allocate(4096);
            while (channel.read(chunk) >= 0) {
                answer.write(chunk.array(), 0, chunk.position());
                ((java.nio.Buffer) chunk).clear();
            }
            return new String(answer.toByteArray(), StandardCharsets.UTF_8);
        }
    }

    private Path file(String prefix) {
        return process.seen(TargetProcess.TMP).resolve(prefix + process.innerPid);
    }

    private static SocketAddress address(Path path) throws IOException {
        try {
            return (SocketAddress) Class.forName("java.net.UnixDomainSocketAddress")
                    .getMethod("of", Path.class)
                    .invoke(null, path);
        } catch (ReflectiveOperationException e) {
            throw new IOException("this Java has no UNIX sockets", e);
        }
    }
}
