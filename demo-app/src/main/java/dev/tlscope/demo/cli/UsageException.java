package dev.tlscope.demo.cli;

import java.util.Collection;

/** The command line asks for something that does not exist; the message is one line and says what does. */
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
