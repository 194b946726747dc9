package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import org.jspecify.annotations.Nullable;

/** Reads from the fields of the JDK's streams which file one of them reads. */
public final class StreamFile {
    /** Of FileInputStream. */
    private static final JdkField PATH = new JdkField("path");
    /** Of FilterInputStream, such as BufferedInputStream. */
    private static final JdkField BELOW = new JdkField("in");

    /** Streams are nested; a limit. */
    private static final int MOST = 8;

    private StreamFile() {}

    /** Its path; null when the stream is no file, or not known to be one. */
    public static @Nullable String of(@Nullable Object stream) {
        Object at = stream;
        for (int i = 0; i < MOST && at != null && at.getClass().getClassLoader() == null; i++) {
            Object path = PATH.get(at);
            if (path instanceof String) {
                return (String) path;
            }
            at = BELOW.get(at);
        }
        return null;
    }
}
