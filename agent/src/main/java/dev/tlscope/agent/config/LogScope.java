package dev.tlscope.agent.config;

/** What goes to the application's log: the values of the option {@code log}. */
public enum LogScope {
    /** Nothing. */
    OFF,
    /** The same as {@link #FAILURES}. */
    APP,
    /** A line for a new problem, and one a minute while it lasts. */
    PROBLEMS,
    /** A line for each failure. */
    FAILURES,
    /** Completed handshakes too. */
    ALL
}
