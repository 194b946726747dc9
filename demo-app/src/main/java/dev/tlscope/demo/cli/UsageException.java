package dev.tlscope.demo.cli;

/** The command line asks for something that does not exist; the message is one line and says what does. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
