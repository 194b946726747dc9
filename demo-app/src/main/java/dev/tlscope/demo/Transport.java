package dev.tlscope.demo;

import java.util.Locale;

/** The two ways an application uses JSSE. */
enum Transport {
    SOCKET,
    ENGINE;

    static final String[] NAMES = {"socket", "engine"};

    /** {@code socket} or {@code engine}. */
    static Transport of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
