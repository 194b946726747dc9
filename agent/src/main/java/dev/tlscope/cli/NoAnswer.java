package dev.tlscope.cli;

import java.io.IOException;

/** The JVM may have done what it was asked for, but nothing came back that says so. */
final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
        super(message);
    }
}
