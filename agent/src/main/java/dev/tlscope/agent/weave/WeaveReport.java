package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state of each hook: waiting for its class, woven, rejected with the reason, off because of its setting, or
 * disarmed after failures.
 */
public final class WeaveReport {
    private static final String WAITING = "waiting: its class is not loaded yet";
    private static final String WOVEN = "woven";
    private static final String OFF = "off: needs ";
    private static final String DISARMED = "disarmed ";

    private final List<Hook> table;
    private final Map<Integer, String> states = new HashMap<>();
    private final Map<Integer, Integer> places = new HashMap<>();

    public WeaveReport(HookTable hookTable) {
        this.table = hookTable.hooks();
    }

    /** One line per id, {@code id state}, sorted; of alternatives, the one that got furthest. */
    public synchronized List<String> lines() {
        Map<String, String> byId = new TreeMap<>();
        for (Hook hook : table) {
            if (hook.inSubclasses && !states.containsKey(hook.position)) {
                continue; // the JVM has no such class
            }
            String state = states.getOrDefault(hook.position, WAITING);
            String other = byId.get(hook.id);
            if (other == null || rank(state) > rank(other)) {
                byId.put(hook.id, state);
            }
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> state : byId.entrySet()) {
            lines.add(state.getKey() + " " + state.getValue());
        }
        return lines;
    }

    /** Marks those of a class's hooks that were woven somewhere in it: another class may have the other methods. */
    synchronized void endAny(List<Hook> hooks) {
        for (Hook hook : hooks) {
            if (places.getOrDefault(hook.position, 0) > 0) {
                states.put(hook.position, WOVEN);
            }
        }
    }

    private static int rank(String state) {
        return state.startsWith(DISARMED) ? 3 : state.equals(WOVEN) ? 2 : state.equals(WAITING) ? 1 : 0;
    }

    /** Marks the hooks that are not woven under the current settings. */
    public synchronized void leaveOut(Set<String> settings) {
        for (Hook hook : table) {
            if (!hook.isWanted(settings)) {
                states.put(hook.position, OFF + hook.setting);
            }
        }
    }

    /** Marks a hook that no longer does anything, with the reason. */
    public synchronized void disarm(Hook hook, String reason) {
        states.put(hook.position, DISARMED + reason);
    }

    synchronized void refuse(Hook hook, String reason) {
        states.put(hook.position, "refused " + reason);
    }

    synchronized void begin(List<Hook> hooks) {
        for (Hook hook : hooks) {
            places.put(hook.position, 0);
        }
    }

    synchronized void hit(Hook hook) {
        places.put(hook.position, places.getOrDefault(hook.position, 0) + 1);
    }

    /**
     * Decides the state of a class's hooks: one that was woven nowhere is rejected, because this JDK's class differs.
     */
    synchronized void end(List<Hook> hooks) {
        for (Hook hook : hooks) {
            int found = places.getOrDefault(hook.position, 0);
            if (found > 0) {
                states.put(hook.position, WOVEN);
            } else {
                refuse(
                        hook,
                        "this JDK has no " + hook.className.replace('/', '.') + "." + hook.method + " "
                                + hook.descriptors + (hook.call.isEmpty() ? "" : " that calls " + hook.call));
            }
        }
    }
}
