package dev.tlscope.agent.control;

import dev.tlscope.agent.reflect.LoadedClasses;
import dev.tlscope.agent.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes loaded classes through all transformers of the JVM, including those of other agents. When a transformer
 * returns bytes that the JVM rejects, the JVM leaves the whole batch unchanged; the classes are then retransformed one
 * by one, so that only the rejected class is not woven.
 */
final class Retransformation {
    private final Instrumentation instrumentation;
    private final Weaver weaver;

    Retransformation(Instrumentation instrumentation, Weaver weaver) {
        this.instrumentation = instrumentation;
        this.weaver = weaver;
    }

    /**
     * Weaves the weaver's classes that are loaded and wanted, by internal name.
     *
     * @return the classes that are not woven, with the reason, which the report has too
     */
    List<String> weave(Predicate<String> wanted) {
        return run(wanted, weaver::refused);
    }

    /**
     * Restores the original bytes of the weaver's classes, after the weaver was removed.
     *
     * @return the classes that stay woven, with the reason
     */
    List<String> restore() {
        return run(name -> true, (name, why) -> {});
    }

    private List<String> run(Predicate<String> wanted, BiConsumer<String, Throwable> failed) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : LoadedClasses.ofBootstrap(instrumentation, weaver.classNames())) {
            if (wanted.test(type.getName().replace('.', '/'))) {
                loaded.add(type);
            }
        }
        List<String> failures = new ArrayList<>();
        if (!loaded.isEmpty() && !together(loaded)) {
            for (Class<?> type : loaded) {
                Throwable why = alone(type);
                if (why != null) {
                    failed.accept(type.getName().replace('.', '/'), why);
                    failures.add(type.getName() + ": " + why);
                }
            }
        }
        return failures;
    }

    private boolean together(List<Class<?>> types) {
        try {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
            return true;
        } catch (Throwable t) {
            return false;
        }
    }

    private @Nullable Throwable alone(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
            return null;
        } catch (Throwable t) {
            return t;
        }
    }
}
