package dev.tlscope.demo.cli;

import java.util.Collection;

/** A command line is wrong; the message is one line and names what is possible. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    /** {@code unknown fault key-missmatch; known: key-mismatch, untrusted-chain}. */
    public static UsageException unknown(String what, String given, Collection<String> known) {
        return new UsageException("unknown " + what + " " + given + "; known: " + String.join(", ", known));
    }
}
