package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.capture.Visibility;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A class with which a captured JVM did TLS.
 *
 * @param className the class of its SSLEngines, SSLSockets or SSLContexts
 * @param kind engine, socket or context
 * @param source the jar that it came from
 * @param provider name of the JCA provider; null when not known
 * @param visibility how much of it was captured; null for a context, and when a newer agent has another word
 * @param reason why no more was captured; null when the capture does not say
 * @param sinceNanos when it was first seen, nanoseconds since 1970-01-01T00:00:00Z
 * @param early whether it was loaded before the attach
 */
public record TlsImplementation(
        String className,
        String kind,
        String source,
        @Nullable String provider,
        @Nullable Visibility visibility,
        @Nullable String reason,
        long sinceNanos,
        boolean early) {

    /** Reads an IMPLEMENTATION event. */
    public static TlsImplementation of(Event event) {
        String className = event.text(Field.CLASS);
        String kind = event.text(Field.TRANSPORT);
        String source = event.text(Field.SOURCE);
        return new TlsImplementation(
                className == null ? "?" : className,
                kind == null ? "?" : kind,
                source == null ? "?" : source,
                event.text(Field.PROVIDER),
                Visibility.of(event.text(Field.VISIBILITY)),
                event.text(Field.REASON),
                event.timeNanos(),
                event.flag(Field.JOINED_LATE));
    }

    /** True when not all that tlscope can capture of a connection was captured. */
    public boolean isIncomplete() {
        return visibility == Visibility.NONE || visibility == Visibility.PART;
    }

    /** What is not captured of its connections, as a clause that begins with "which"; empty where all was captured. */
    public String gap() {
        if (visibility == Visibility.NONE) {
            return "which tlscope does not see" + (reason == null ? "" : ": " + reason);
        }
        String part = reason != null
                ? reason
                : "the records, what is in the clear, exceptions and the result, and no encrypted message";
        return visibility == Visibility.PART ? "which tlscope sees in part: " + part : "";
    }

    /** {@code an SSLEngine from JAR, first seen TIME}. */
    public String described() {
        return "an SSL" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1)
                + (source.startsWith("the ") ? " of " : " from ") + source + ", "
                + (early ? "loaded before the attach" : "first seen " + Times.toSecond(sinceNanos));
    }
}
