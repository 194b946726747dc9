package dev.tlscope.agent.inventory;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.capture.Visibility;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** One class with which this JVM does TLS. It has no reference to the class. */
public final class TlsClass {
    private static final String JDK = "the JDK";

    private final String name;
    private final TlsKind kind;
    private final String source;
    private final long since;
    private final boolean early;
    private final @Nullable String provider;
    private volatile Visibility visibility = Visibility.NONE;
    private volatile String stack = "";
    private volatile String reason = "";

    /**
     * Describes a class.
     *
     * @param since when it was first seen, nanoseconds since 1970-01-01T00:00:00Z
     * @param early whether it was loaded before the attach
     * @param provider name of the JCA provider; null when not known
     */
    TlsClass(Class<?> type, TlsKind kind, long since, boolean early, @Nullable String provider) {
        this.name = type.getName();
        this.kind = kind;
        this.source = source(type);
        this.since = since;
        this.early = early;
        this.provider = provider;
    }

    public String name() {
        return name;
    }

    public TlsKind kind() {
        return kind;
    }

    /** Path of the jar or directory; where there is none, the class of its loader. */
    public String source() {
        return source;
    }

    /** When it was first seen, nanoseconds since 1970-01-01T00:00:00Z. */
    public long since() {
        return since;
    }

    /** Whether it was loaded before the attach, so that its first use is not known. */
    public boolean early() {
        return early;
    }

    /** Name of the JCA provider that an SSLContext came from; null when not known. */
    public @Nullable String provider() {
        return provider;
    }

    public Visibility visibility() {
        return visibility;
    }

    /** Why no more is captured, in one sentence; empty when there is nothing to say. */
    public String reason() {
        return reason;
    }

    /**
     * Sets how much is captured.
     *
     * @param capturing name of the stack that captures it; empty when none does
     * @param why as {@link #reason}
     */
    public void captured(Visibility how, String capturing, String why) {
        stack = capturing;
        reason = why;
        visibility = how;
    }

    /** An IMPLEMENTATION event. */
    public Event event() {
        Event event = new Event(EventType.IMPLEMENTATION, 0, since)
                .put(Field.CLASS, name)
                .put(Field.TRANSPORT, kind.text())
                .put(Field.SOURCE, source)
                .put(Field.PROVIDER, provider)
                .put(Field.JOINED_LATE, early ? 1 : 0);
        return kind == TlsKind.CONTEXT
                ? event
                : event.put(Field.VISIBILITY, visibility.text())
                        .put(Field.STACK, stack.isEmpty() ? null : stack)
                        .put(Field.REASON, reason.isEmpty() ? null : reason);
    }

    boolean isSame(TlsClass other) {
        return name.equals(other.name) && source.equals(other.source);
    }

    private static String source(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            return JDK;
        }
        ProtectionDomain domain = type.getProtectionDomain();
        CodeSource code = domain == null ? null : domain.getCodeSource();
        // not URL.toString, which may call a stream handler of the application's
        String path = code == null || code.getLocation() == null
                ? ""
                : code.getLocation().getPath();
        String plain = path.startsWith("file:") ? path.substring("file:".length()) : path;
        String file = plain.endsWith("!/") ? plain.substring(0, plain.length() - 2) : plain;
        return file.isEmpty() ? "class loader " + loader.getClass().getName() : file;
    }
}
