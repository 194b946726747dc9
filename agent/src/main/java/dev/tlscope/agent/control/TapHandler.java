package dev.tlscope.agent.control;

import dev.tlscope.agent.weave.HookDispatcher;
import org.jspecify.annotations.Nullable;
import sun.security.ssl.TlscopeHandler1;

/**
 * What the Tap calls: passes each hook's values to the dispatcher. It is loaded after the interface was defined in java.base. Private
 * loader, application's threads.
 */
final class TapHandler implements TlscopeHandler1 {
    private final HookDispatcher dispatcher;

    TapHandler(HookDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void accept(
            int hook,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c,
            @Nullable Object d,
            @Nullable Object e) {
        dispatcher.accept(hook, a, b, c, d, e);
    }
}
