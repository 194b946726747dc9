package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.CaptureDirectory;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.capture.CaptureEnding;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CapturedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captures on a command line, and the reading of them: every bad one is reported in one line on standard error.
 *
 * @param exitCode 0, or 1 if a path has no capture
 */
record CaptureFiles(List<Path> files, int exitCode) {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureFiles.class);
    static final int OK = 0;
    static final int FAILED = 1;
    static final int DAMAGED = 3;

    /** All files of these paths; a directory stands for the captures in it, the oldest first. */
    static CaptureFiles find(List<Path> places, PrintWriter err) {
        List<Path> files = new ArrayList<>();
        int exitCode = OK;
        for (Path place : places) {
            if (!collect(place, files, err)) {
                exitCode = FAILED;
            }
        }
        return new CaptureFiles(List.copyOf(files), exitCode);
    }

    /**
     * Passes on a capture's events; returns 0, 1 if it cannot be read at all, 3 if it is damaged from some offset on.
     */
    static int read(Path file, Consumer<? super CapturedEvent> events, PrintWriter err) {
        try (Progress progress = Progress.of(List.of(file), err, Terminal.isErrorThere() && !Terminal.isThere())) {
            return read(file, events, err, progress);
        }
    }

    /** Reads a capture, with a progress bar that several files share. */
    static int read(Path file, Consumer<? super CapturedEvent> events, PrintWriter err, Progress progress) {
        try (InputStream in = progress.count(Files.newInputStream(file))) {
            LOG.debug("reads {} ({} bytes)", file, Files.size(file));
            CaptureEnding ending = CaptureReader.scan(in, events);
            LOG.debug("{} is {}; unknown events: {}", file, ending, ending.skipped());
            if (!ending.complete() || ending.skipped() > 0) {
                progress.clear();
            }
            return switch (ending.kind()) {
                case COMPLETE -> {
                    if (ending.skipped() > 0) {
                        err.println("tlscope: " + file + " has " + ending.skipped()
                                + " events that this version does not know and leaves out; read it with the version that wrote"
                                + " it");
                    }
                    yield OK;
                }
                case DAMAGED -> {
                    err.println("tlscope: " + file + " is " + ending + "; what came before is used");
                    yield DAMAGED;
                }
                case NOT_A_CAPTURE -> {
                    err.println("tlscope: " + file + " is " + ending + "; name a file that tlscope wrote");
                    yield FAILED;
                }
            };
        } catch (IOException e) {
            progress.clear();
            LOG.debug("cannot read", e);
            err.println(unreadable(file, e));
            return FAILED;
        }
    }

    private static boolean collect(Path place, List<Path> files, PrintWriter err) {
        if (Files.notExists(place)) {
            err.println("tlscope: there is no " + place + "; name a capture (*.pcapng) or a directory of captures");
            return false;
        }
        if (!Files.isDirectory(place)) {
            files.add(place);
            return true;
        }
        try {
            List<Path> captures =
                    OldestFirst.of(CaptureDirectory.captures(place, (inner, e) -> err.println(unreadable(inner, e))));
            if (captures.isEmpty()) {
                err.println("tlscope: " + place
                        + " has no capture (*.pcapng) in it; with keep=failures the first failure creates a file");
            }
            files.addAll(captures);
            return !captures.isEmpty();
        } catch (IOException e) {
            err.println(unreadable(place, e));
            return false;
        }
    }

    private static String unreadable(Path place, IOException e) {
        return "tlscope: " + place + " cannot be read: " + FileTrouble.reading(place, e);
    }
}
