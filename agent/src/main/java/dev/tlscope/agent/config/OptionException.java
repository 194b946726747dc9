package dev.tlscope.agent.config;

/** Wrong input. The message is one line: what is wrong, why, and the next step. */
public final class OptionException extends Exception {
    private static final long serialVersionUID = 1L;

    public OptionException(String message) {
        super(message);
    }
}
