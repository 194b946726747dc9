package dev.tlscope.agent.stack;

import dev.tlscope.agent.inventory.TlsKind;
import org.jspecify.annotations.Nullable;

/** Takes note of the classes with which the JVM does TLS. Called on the application's threads, within a constructor. */
@FunctionalInterface
public interface ClassSightings {
    /**
     * An object of a class is being made. Most calls name a class that was seen before, and return at once.
     *
     * @param provider name of the JCA provider that it comes from; null when not known
     * @return whether the class is woven, so that what its objects do is captured by the public API
     */
    boolean seen(Class<?> type, TlsKind kind, @Nullable String provider);

    /** All classes that the JVM has loaded; slow, and without those of lambdas on Java 8. */
    default Class<?>[] loaded() {
        return new Class<?>[0];
    }
}
