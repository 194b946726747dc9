package dev.tlscope.agent.control;

import dev.tlscope.agent.inventory.TlsClass;
import dev.tlscope.agent.inventory.TlsInventory;
import dev.tlscope.agent.inventory.TlsKind;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.ClassSightings;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.weave.FieldTypes;
import dev.tlscope.agent.weave.SubclassWeaver;
import dev.tlscope.capture.Visibility;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides of each class with which the JVM does TLS how it is captured, once, when its first object is made or at the attach. A
 * class of an application that has a field for an engine or socket passes its calls on to that, and is left alone.
 */
final class ForeignClasses implements ClassSightings {
    private static final String ENGINE = "javax.net.ssl.SSLEngine";
    private static final String INSIDE = "every message and alert is captured";
    private static final String NO_BYTES =
            "its bytes do not pass through the public API: only how the handshake ended, with what exception";
    private static final String SOCKET = "javax.net.ssl.SSLSocket";

    private final Instrumentation instrumentation;
    private final TlsInventory inventory;
    private final Recorder recorder;
    private final SubclassWeaver weaver;
    private boolean registered;
    private boolean over;

    ForeignClasses(Instrumentation instrumentation, TlsInventory inventory, Recorder recorder, SubclassWeaver weaver) {
        this.instrumentation = instrumentation;
        this.inventory = inventory;
        this.recorder = recorder;
        this.weaver = weaver;
    }

    /** Looks once at the classes that are loaded. */
    void begin() {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            TlsKind kind = TlsKind.of(type);
            if (kind != null) {
                note(type, kind, true, null);
            }
        }
    }

    @Override
    public boolean seen(Class<?> type, TlsKind kind, @Nullable String provider) {
        TlsClass known = inventory.find(type);
        if (known == null) {
            note(type, kind, false, provider);
            known = inventory.find(type);
        }
        return known != null && known.visibility() == Visibility.PART;
    }

    @Override
    public Class<?>[] loaded() {
        return instrumentation.getAllLoadedClasses();
    }

    /**
     * Restores the original bytes of the woven classes.
     *
     * @return the classes for which that failed, with the reason
     */
    synchronized List<String> stop() {
        over = true;
        List<String> failures = new ArrayList<>();
        if (registered) {
            instrumentation.removeTransformer(weaver);
            for (Class<?> type : weaver.woven()) {
                try {
                    instrumentation.retransformClasses(type);
                } catch (Exception | LinkageError e) {
                    failures.add(type.getName() + ": " + e);
                }
            }
        }
        return failures;
    }

    private void note(Class<?> type, TlsKind kind, boolean early, @Nullable String provider) {
        TlsClass made = inventory.add(type, kind, recorder.now(), early, provider);
        if (made == null || kind == TlsKind.CONTEXT) {
            return;
        }
        TlsStack owner = Stacks.of(type);
        if (owner == null) {
            made.captured(Visibility.NONE, "", "it is part of this JVM, and no stack of tlscope knows it");
        } else if (type.getClassLoader() == null) {
            made.captured(Visibility.FULL, owner.name(), "");
        } else {
            weave(type, kind, owner, made);
        }
        if (made.visibility() == Visibility.PART || made.visibility() == Visibility.NONE) {
            recorder.note(made.event());
        }
    }

    private synchronized void weave(Class<?> type, TlsKind kind, TlsStack owner, TlsClass made) {
        List<Class<?>> own = withSuperclasses(type);
        try {
            Set<String> fields = FieldTypes.of(instrumentation, own);
            if (fields == null) {
                made.captured(Visibility.NONE, "", "the JVM does not show its class file");
            } else if (wraps(fields, own)) {
                made.captured(Visibility.WRAPPER, "", "it passes its calls on to another engine or socket");
            } else if (!over) {
                weave(own, kind == TlsKind.ENGINE ? ENGINE : SOCKET);
                String failure = failure(own);
                boolean inside = failure == null && weaveBeside(owner.beside(type), type.getClassLoader());
                made.captured(
                        failure == null ? Visibility.PART : Visibility.NONE,
                        failure == null ? owner.name() : "",
                        failure != null ? failure : inside ? INSIDE : kind == TlsKind.SOCKET ? NO_BYTES : "");
            }
        } catch (Exception | LinkageError e) {
            weaver.leave(own);
            made.captured(Visibility.NONE, "", "the JVM does not let its classes be changed: " + e);
        }
    }

    private void weave(List<Class<?>> own, String base) throws Exception {
        Class<?> tap = JavaBase.foreignTap();
        for (Class<?> each : own) {
            // a loader that hides the Tap would make the woven class fail
            if (Class.forName(tap.getName(), false, each.getClassLoader()) != tap) {
                throw new ClassNotFoundException(tap.getName());
            }
        }
        if (!registered) {
            registered = true;
            instrumentation.addTransformer(weaver, true);
        }
        weaver.take(own, base);
        instrumentation.retransformClasses(own.toArray(new Class<?>[0]));
    }

    /** Weaves classes of the same library; false where there are none, or one is not as it is known. */
    private boolean weaveBeside(Set<String> names, @Nullable ClassLoader loader) {
        boolean all = !names.isEmpty();
        for (String name : names) {
            List<Class<?>> one = new ArrayList<>();
            try {
                one.add(Class.forName(name, false, loader));
                weave(one, name);
                all &= failure(one) == null;
            } catch (Exception | LinkageError e) {
                weaver.leave(one);
                all = false;
            }
        }
        return all;
    }

    private @Nullable String failure(List<Class<?>> own) {
        for (Class<?> each : own) {
            if (weaver.failure(each) != null) {
                return weaver.failure(each);
            }
        }
        return null;
    }

    /** The class and its superclasses that are not the JDK's. */
    private static List<Class<?>> withSuperclasses(Class<?> type) {
        List<Class<?>> own = new ArrayList<>();
        for (Class<?> at = type; at != null && at.getClassLoader() != null; at = at.getSuperclass()) {
            own.add(at);
        }
        return own;
    }

    private boolean wraps(Set<String> fields, List<Class<?>> own) {
        Set<String> wrapped = new HashSet<>();
        wrapped.add("Ljavax/net/ssl/SSLEngine;");
        wrapped.add("Ljavax/net/ssl/SSLSocket;");
        for (TlsClass known : inventory.all()) {
            if (known.kind() != TlsKind.CONTEXT) {
                wrapped.add(descriptor(known.name()));
            }
        }
        for (Class<?> self : own) {
            wrapped.remove(descriptor(self.getName()));
        }
        for (String field : fields) {
            if (wrapped.contains(field)) {
                return true;
            }
        }
        return false;
    }

    private static String descriptor(String name) {
        return "L" + name.replace('.', '/') + ";";
    }
}
