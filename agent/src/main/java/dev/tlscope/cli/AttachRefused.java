package dev.tlscope.cli;

import java.io.IOException;

/** The JVM answered that it did not load the agent. The message continues "the JVM PID". */
final class AttachRefused extends IOException {
    private static final long serialVersionUID = 1L;

    AttachRefused(String message) {
        super(message);
    }
}
