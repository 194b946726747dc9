package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.reflect.JdkField;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * JSSE's own trust managers below one of the application's, which asks one after the other or adds a check of its own: found in
 * its fields. Private loader, the writer's thread. No method of the application is called, and of collections only those of the
 * JDK are read that call none either.
 */
final class NestedTrustManagers {
    private static final String JSSE = "sun.security.ssl.X509TrustManagerImpl";
    private static final int MOST = 100;

    private static final JdkField LIST = new JdkField("list");
    private static final JdkField COLLECTION = new JdkField("c");
    private static final JdkField WRAPPED = new JdkField("tm");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> todo = new ArrayDeque<>();
    private final List<Object> found = new ArrayList<>();
    private boolean complete = true;

    private NestedTrustManagers() {}

    /** All of them; empty where there are none, or beside them one that decides by itself. */
    static List<Object> of(Object manager) {
        NestedTrustManagers nested = new NestedTrustManagers();
        nested.add(manager);
        while (!nested.todo.isEmpty() && nested.seen.size() < MOST) {
            nested.enter(nested.todo.remove());
        }
        return nested.complete && nested.todo.isEmpty() ? nested.found : Collections.<Object>emptyList();
    }

    private void add(@Nullable Object value) {
        if (value != null && seen.add(value)) {
            todo.add(value);
        }
    }

    private void enter(Object manager) {
        if (manager.getClass().getName().equals(JSSE)) {
            found.add(manager);
            return;
        }
        int before = seen.size();
        if (manager.getClass().getClassLoader() == null) {
            values(WRAPPED.get(manager)); // sun.security.ssl.AbstractTrustManagerWrapper
        } else {
            for (Class<?> at = manager.getClass(); at != null && at.getClassLoader() != null; at = at.getSuperclass()) {
                fields(manager, at);
            }
        }
        complete &= seen.size() > before; // else it asks nobody else that is known
    }

    private void fields(Object manager, Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                continue;
            }
            try {
                field.setAccessible(true);
                values(field.get(manager));
            } catch (IllegalAccessException | RuntimeException e) {
                complete = false; // JDK 9 and newer: a module that is not open
            }
        }
    }

    /** A trust manager, or those in an array or in one of the JDK's collections. */
    private void values(@Nullable Object value) {
        if (value instanceof TrustManager) {
            add(value);
        } else if (value instanceof Object[]) {
            for (Object element : (Object[]) value) {
                if (element instanceof TrustManager) {
                    add(element);
                }
            }
        } else if (value instanceof AtomicReference && value.getClass() == AtomicReference.class) {
            values(((AtomicReference<?>) value).get());
        } else if (value instanceof Collection) {
            collection((Collection<?>) value);
        }
    }

    private void collection(Collection<?> collection) {
        String name = collection.getClass().getName();
        if (name.startsWith("java.util.Collections$Unmodifiable")
                || name.startsWith("java.util.Collections$Synchronized")) {
            Object list = LIST.get(collection);
            values(list != null ? list : COLLECTION.get(collection));
        } else if (name.equals("java.util.ArrayList")
                || name.equals("java.util.LinkedList")
                || name.equals("java.util.Arrays$ArrayList")
                || name.equals("java.util.Collections$SingletonList")
                || name.startsWith("java.util.ImmutableCollections$List")
                || name.equals("java.util.concurrent.CopyOnWriteArrayList")) {
            for (Object element : collection.toArray()) {
                if (element instanceof TrustManager) {
                    add(element);
                }
            }
        }
    }
}
