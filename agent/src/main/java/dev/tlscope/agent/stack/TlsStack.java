package dev.tlscope.agent.stack;

import dev.tlscope.agent.weave.HookTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An implementation of TLS that a JVM may have, and all that the agent knows of it: the rest of the agent asks this interface. An
 * implementation is made when the JVM starts, whether or not it speaks TLS: it must load no class but its own before {@link #declare}.
 */
public interface TlsStack {
    /** Short name, lower case. */
    String name();

    /** Why this JVM's version of the stack cannot be captured, in one line for the user; null when it can. */
    @Nullable
    String unsupported();

    /**
     * Names of classes of which the JVM loads one when the stack is first used, before a line of the stack's code runs. They have no
     * hooks, since the hooks are woven while such a class is loaded.
     */
    Set<String> firstUse();

    /** Names of classes of which one is loaded once the stack's SSLEngines are in use. */
    Set<String> engines();

    /** Packages of java.base that the stack's code reads by reflection. */
    Set<String> packages();

    /** What the stack's hooks can give. */
    Set<StackCapability> gives();

    /** Adds the stack's hooks, each with the code that handles it. */
    void declare(HookTable table, StackContext context);
}
