package dev.tlscope.agent.config;

/** Which handshakes are written: the values of the option {@code keep}. */
public enum KeepScope {
    ALL,
    FAILURES
}
