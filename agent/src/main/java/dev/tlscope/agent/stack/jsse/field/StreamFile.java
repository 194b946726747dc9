package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads from the fields of the JDK's streams which file one of them reads. */
public final class StreamFile {
    private static final JdkField PATH = new JdkField("path");
    private static final JdkField BELOW = new JdkField("in");

    /** Streams of applications are nested too; a limit. */
    private static final int MOST = 8;

    private StreamFile() {}

    /** Its path; null when the stream is no file, or not known to be one. */
    public static @Nullable String of(@Nullable InputStream stream) {
        Object at = stream;
        for (int i = 0; i < MOST && at instanceof FilterInputStream; i++) {
            at = BELOW.get(at);
        }
        return at instanceof FileInputStream ? (String) PATH.get(at) : null;
    }
}
