package dev.tlscope.agent.control;

import dev.tlscope.agent.inventory.TlsClass;
import dev.tlscope.agent.inventory.TlsInventory;
import dev.tlscope.agent.inventory.TlsKind;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.ClassSightings;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.weave.FieldTypes;
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
    private final Instrumentation instrumentation;
    private final TlsInventory inventory;
    private final Recorder recorder;

    ForeignClasses(Instrumentation instrumentation, TlsInventory inventory, Recorder recorder) {
        this.instrumentation = instrumentation;
        this.inventory = inventory;
        this.recorder = recorder;
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
    public void seen(Class<?> type, TlsKind kind, @Nullable String provider) {
        if (inventory.find(type) == null) {
            note(type, kind, false, provider);
        }
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
            weave(type, made);
        }
        if (made.visibility() == Visibility.PART || made.visibility() == Visibility.NONE) {
            recorder.note(made.event());
        }
    }

    private void weave(Class<?> type, TlsClass made) {
        try {
            List<Class<?>> own = withSuperclasses(type);
            Set<String> fields = FieldTypes.of(instrumentation, own);
            if (fields == null) {
                made.captured(Visibility.NONE, "", "the JVM does not show its class file");
            } else if (wraps(fields, own)) {
                made.captured(Visibility.WRAPPER, "", "it passes its calls on to another engine or socket");
            }
        } catch (Exception | LinkageError e) {
            made.captured(Visibility.NONE, "", "the JVM does not let its classes be changed: " + e);
        }
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
