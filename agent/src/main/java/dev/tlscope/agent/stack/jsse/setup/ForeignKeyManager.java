package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.reflect.ReferenceFields;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A key manager of the application. Its methods are the application's code and are never called; the writer's thread
 * finds JSSE's key managers in its fields. Private loader.
 */
final class ForeignKeyManager {
    private static final int DEEPEST = 3;
    private static final int MOST = 8;

    /** Lists that contain their elements themselves; others may be views of an application's list. */
    private static final List<String> LISTS = Arrays.asList(
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.concurrent.CopyOnWriteArrayList",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN");

    private final WeakReference<Object> manager;
    private final int identity;
    private final String className;
    private final boolean extended;

    /**
     * Wraps a manager.
     *
     * @param extended false for one that JSSE had to wrap, since it is no X509ExtendedKeyManager
     */
    ForeignKeyManager(Object manager, boolean extended) {
        this.manager = new WeakReference<>(manager);
        this.identity = System.identityHashCode(manager);
        this.className = manager.getClass().getName();
        this.extended = extended;
    }

    String className() {
        return className;
    }

    boolean isExtended() {
        return extended;
    }

    /** JSSE's own managers inside it, which it may delegate to. */
    List<Object> inside() {
        List<Object> found = new ArrayList<>();
        Object own = manager.get();
        if (own != null) {
            search(own, DEEPEST, found);
        }
        return found;
    }

    private static void search(Object own, int depth, List<Object> found) {
        for (Object value : ReferenceFields.values(own)) {
            for (Object one : parts(value)) {
                if (!(one instanceof KeyManager) || found.size() >= MOST) {
                    continue;
                }
                if (one.getClass().getClassLoader() == null) {
                    found.add(one);
                } else if (depth > 1) {
                    search(one, depth - 1, found);
                }
            }
        }
    }

    /** The elements of an array or of a list of the JDK's; else the value itself. */
    private static Collection<?> parts(Object value) {
        if (value instanceof Object[]) {
            return Arrays.asList((Object[]) value);
        }
        return LISTS.contains(value.getClass().getName())
                ? new ArrayList<>((List<?>) value)
                : Collections.singletonList(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ForeignKeyManager
                && ((ForeignKeyManager) other).manager.get() == manager.get()
                && ((ForeignKeyManager) other).identity == identity;
    }

    @Override
    public int hashCode() {
        return identity;
    }
}
