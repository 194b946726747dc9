package dev.tlscope.demo.tls;

import java.util.Locale;

/** The two ways in which an application uses JSSE. */
public enum Transport {
    SOCKET,
    ENGINE;

    /** {@code socket} or {@code engine}. */
    public static Transport of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names on a command line. */
    public static String[] names() {
        return new String[] {"socket", "engine"};
    }
}
