package dev.tlscope.demo;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that the demo started: reads its output line by line, sends it commands, and ends it. */
final class Child implements Closeable {
    /** Marks the end of the output in the queue; it is compared by identity, so that no line equals it. */
    private static final Object END = new Object();

    private final String name;
    private final Process process;
    private final BlockingQueue<Object> lines = new LinkedBlockingQueue<>();
    private final Thread onShutdown;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        // Ends the process even when the user interrupts the demo.
        this.onShutdown = new Thread(process::destroyForcibly);
    }

    /** Starts a process; the builder determines where its output and its errors go. */
    static Child start(String name, ProcessBuilder builder) throws IOException {
        Child child = new Child(name, builder.start());
        Runtime.getRuntime().addShutdownHook(child.onShutdown);
        Threads.daemon(name + "-output", child::readLines).start();
        return child;
    }

    /** Waits for a line with this beginning, skips others, and returns the whole line. */
    String await(String beginning, int seconds) throws InterruptedException, StepFailedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            Object line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new StepFailedException(name + " did not say \"" + beginning + "\" within " + seconds + " s");
            } else if (line == END) {
                throw new StepFailedException(name + " ended before it said \"" + beginning + "\"");
            } else if (line.toString().startsWith(beginning)) {
                return line.toString();
            }
        }
    }

    /** Sends a command and returns the line that answers it. */
    String ask(String command, int seconds) throws InterruptedException, StepFailedException {
        OutputStream in = process.getOutputStream();
        try {
            in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new StepFailedException(name + " has ended; it cannot do \"" + command + "\"");
        }
        return await("", seconds);
    }

    /** Waits for the process to end with exit code 0 and returns all that it printed. */
    List<String> finish(int seconds) throws InterruptedException, StepFailedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new StepFailedException(name + " did not end within " + seconds + " s");
        }
        List<String> printed = new ArrayList<>();
        Object line;
        while ((line = lines.poll(1, TimeUnit.SECONDS)) != null && line != END) {
            printed.add(line.toString());
        }
        if (process.exitValue() != 0) {
            String said = printed.isEmpty() ? "" : ": " + String.join(" / ", printed);
            throw new StepFailedException(name + " failed with exit code " + process.exitValue() + said);
        }
        return printed;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is shutting down: the hook runs as well, and does nothing.
        }
    }

    private void readLines() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = out.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The process was ended while it printed.
        }
        lines.add(END);
    }
}
