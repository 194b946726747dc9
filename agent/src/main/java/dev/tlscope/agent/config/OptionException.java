package dev.tlscope.agent.config;

/** Bad input, told in one line: what, why, what next. */
public final class OptionException extends Exception {
    private static final long serialVersionUID = 1L;

    public OptionException(String message) {
        super(message);
    }
}
