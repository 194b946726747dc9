package dev.tlscope.agent.log;

import java.util.Map;

/** Somebody's logger named {@code dev.tlscope}, for one line. Called on the listeners' thread; it may throw anything. */
interface LogTarget {
    /** What it is, for status. */
    String name();

    /** Whether it takes a line of that level now. */
    boolean takes(boolean warning) throws Exception;

    /**
     * Writes a line.
     *
     * @param warning WARN, otherwise INFO
     * @param values String, Long or Boolean by name
     */
    void write(boolean warning, String line, Map<String, Object> values) throws Exception;
}
