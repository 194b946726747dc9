package dev.tlscope.agent.weave;

import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The object that the Tap calls: it passes each hook's values to the hook's target. It lives in the private loader and
 * runs on the application's threads, within the woven method. It catches every failure and counts it; a hook that fails
 * again and again is disarmed.
 */
public final class HookDispatcher {
    private static final int ERRORS_UNTIL_DISARMED = 8;

    private static final HookTarget NOTHING = new HookTarget() {
        @Override
        public void accept(Object a, Object b, Object c, Object d, Object e) {
            // a hook whose setting is off does nothing
        }
    };

    private final List<Hook> hooks;
    private final HookTarget[] targets;
    private final int base;
    private final AtomicIntegerArray errorsOfHook;
    private final AtomicInteger errors = new AtomicInteger();
    private final WeaveReport report;
    private final @Nullable String throwIn;
    private volatile @Nullable String firstError;

    /**
     * @param settings the settings in effect: a hook that needs another one does nothing, even if an earlier attach
     * wove it
     * @param throwIn id of a hook that throws, or * for all, to prove that the application is not affected; null
     * outside tests
     */
    public HookDispatcher(HookTable table, Set<String> settings, WeaveReport report, @Nullable String throwIn) {
        this.hooks = table.hooks();
        this.base = table.base();
        this.targets = new HookTarget[hooks.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = hooks.get(i).isWanted(settings) ? hooks.get(i).target : NOTHING;
        }
        this.errorsOfHook = new AtomicIntegerArray(targets.length);
        this.report = report;
        this.throwIn = throwIn;
    }

    /** Passes the values of the hook with that number, in the order of its row, to its target. */
    @SuppressWarnings("NullAway") // a target reads as many values as its row passes
    public void accept(
            int number,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c,
            @Nullable Object d,
            @Nullable Object e) {
        int hook = number - base;
        if (hook < 0 || hook >= targets.length || errorsOfHook.get(hook) >= ERRORS_UNTIL_DISARMED) {
            return; // woven by another table, or disarmed
        }
        try {
            if (throwIn != null && (throwIn.equals("*") || throwIn.equals(hooks.get(hook).id))) {
                throw new AssertionError("planted by a test");
            }
            if (System.getSecurityManager() == null) {
                targets[hook].accept(a, b, c, d, e);
            } else {
                acceptPrivileged(targets[hook], a, b, c, d, e);
            }
        } catch (Throwable t) {
            failed(hook, t);
        }
    }

    /** Failures of our own code since the attach. */
    public int errors() {
        return errors.get();
    }

    /** The first of them, in one line; null when there is none. */
    public @Nullable String firstError() {
        return firstError;
    }

    /**
     * Needed under a SecurityManager (JDK 8 to 23): the application's code on the stack may have fewer permissions than
     * ours.
     */
    private static void acceptPrivileged(HookTarget target, Object a, Object b, Object c, Object d, Object e)
            throws PrivilegedActionException {
        AccessController.doPrivileged((PrivilegedExceptionAction<@Nullable Object>) () -> {
            target.accept(a, b, c, d, e);
            return null;
        });
    }

    private void failed(int hook, Throwable t) {
        errors.incrementAndGet();
        if (firstError == null) {
            StackTraceElement[] stack = t.getStackTrace();
            firstError = hooks.get(hook).id + ": " + t + (stack.length > 0 ? " at " + stack[0] : "");
        }
        // The application's stack may be full, or its memory: another call may succeed.
        boolean own = !(t instanceof StackOverflowError) && !(t instanceof OutOfMemoryError);
        if (own && errorsOfHook.incrementAndGet(hook) == ERRORS_UNTIL_DISARMED) {
            report.disarm(hooks.get(hook), "after " + ERRORS_UNTIL_DISARMED + " failures, the last: " + t);
        }
    }
}
