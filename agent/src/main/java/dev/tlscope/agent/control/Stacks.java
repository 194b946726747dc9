package dev.tlscope.agent.control;

import dev.tlscope.agent.socket.SocketTaps;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.stack.jsse.JsseStack;
import dev.tlscope.agent.stack.provider.ProviderStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The TLS stacks that the agent supports. A new stack is added here and nowhere else. */
final class Stacks {
    private static final TlsStack JSSE = new JsseStack();

    /** Those that know more of a class's connections come first. */
    private static final List<TlsStack> ALL = Collections.unmodifiableList(Arrays.asList(JSSE, new ProviderStack()));

    private Stacks() {}

    /** The stacks that this JVM can have. */
    static List<TlsStack> supported() {
        List<TlsStack> supported = new ArrayList<>();
        for (TlsStack stack : ALL) {
            if (stack.unsupported() == null) {
                supported.add(stack);
            }
        }
        return supported;
    }

    /** {@link TlsStack#firstUse()} of all stacks. */
    static Set<String> firstUse() {
        Set<String> names = new HashSet<>();
        for (TlsStack stack : supported()) {
            names.addAll(stack.firstUse());
        }
        return names;
    }

    /** {@link TlsStack#engines()} of all stacks. */
    static Set<String> engines() {
        Set<String> names = new HashSet<>();
        for (TlsStack stack : supported()) {
            names.addAll(stack.engines());
        }
        return names;
    }

    /** The packages of java.base that the stacks, and the code that finds the sockets of engines, read. */
    static Set<String> packages() {
        Set<String> names = new HashSet<>(SocketTaps.PACKAGES);
        for (TlsStack stack : supported()) {
            names.addAll(stack.packages());
        }
        return names;
    }

    /** The stack that captures the connections of a class; null if none does. */
    static @Nullable TlsStack of(Class<?> type) {
        for (TlsStack stack : supported()) {
            if (stack.owns(type)) {
                return stack;
            }
        }
        return null;
    }

    /** Why this JVM cannot be captured, in one line for the user; null when it can. The Tap is part of JSSE's package. */
    static @Nullable String noneSupported() {
        return JSSE.unsupported();
    }
}
