package dev.tlscope.agent.stack;

import dev.tlscope.agent.weave.HookTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An implementation of TLS that a JVM may have; the rest of the agent uses it only through this interface. An object of
 * an implementation is created when the JVM starts, whether or not the JVM uses TLS: it must load no class but its own
 * before {@link #declare}.
 */
public interface TlsStack {
    /** Short name, lower case. */
    String name();

    /** Which classes it captures, in one sentence for the documentation. */
    String classes();

    /** What it does not capture and why, in one sentence for the documentation; empty when that is nothing. */
    String limits();

    /** Why this JVM's version of the stack cannot be captured, in one line for the user; null when it can. */
    @Nullable
    String unsupported();

    /**
     * Names of classes of which the JVM loads one when the stack is first used, before any code of the stack runs. They
     * have no hooks, because the hooks are woven while such a class is loaded.
     */
    Set<String> firstUse();

    /** Names of classes of which one is loaded when the stack's SSLEngines are used. */
    Set<String> engines();

    /** Packages of java.base that the stack's code reads by reflection. */
    Set<String> packages();

    /** What the stack's hooks can report. */
    Set<StackCapability> gives();

    /** What they can report of some of its classes, which {@link #limits} names. */
    Set<StackCapability> givesInPart();

    /** Whether a class that does TLS is this stack's. Of several that own a class, the first one captures it. */
    boolean owns(Class<?> type);

    /** Names of classes that are woven beside a class that it owns, in the same loader; most have none. */
    Set<String> beside(Class<?> type);

    /** Adds the stack's hooks, each with the code that handles it. */
    void declare(HookTable table, StackContext context);
}
