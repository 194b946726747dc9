package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of each hook: waiting for its class, woven, refused with the reason, or disarmed after failures. */
public final class WeaveReport {
    private static final String WAITING = "waiting: its class is not loaded yet";

    private final Map<String, String> states = new TreeMap<>();
    private final Map<String, Integer> places = new TreeMap<>();

    public WeaveReport(List<Hook> table) {
        for (Hook hook : table) {
            states.put(hook.id, WAITING);
        }
    }

    /** One line per hook, {@code id state}, by id. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> state : states.entrySet()) {
            lines.add(state.getKey() + " " + state.getValue());
        }
        return lines;
    }

    /** Says that a hook no longer does anything, and why. */
    public synchronized void disarm(Hook hook, String reason) {
        states.put(hook.id, "disarmed " + reason);
    }

    synchronized void refuse(Hook hook, String reason) {
        states.put(hook.id, "refused " + reason);
    }

    synchronized void begin(List<Hook> hooks) {
        for (Hook hook : hooks) {
            places.put(hook.id, 0);
        }
    }

    synchronized void hit(Hook hook) {
        places.merge(hook.id, 1, Integer::sum);
    }

    /** A hook that found no place is refused: this JDK has another shape. */
    synchronized void end(List<Hook> hooks) {
        for (Hook hook : hooks) {
            int found = places.getOrDefault(hook.id, 0);
            if (found > 0) {
                states.put(hook.id, "woven");
            } else {
                refuse(
                        hook,
                        "this JDK has no " + hook.className.replace('/', '.') + "." + hook.method + " "
                                + hook.descriptors + (hook.call.isEmpty() ? "" : " that calls " + hook.call));
            }
        }
    }
}
