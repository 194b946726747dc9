package dev.tlscope.cli;

import dev.tlscope.agent.status.StatusKey;
import java.util.ArrayList;
import java.util.List;

/** The answer of the agent in a target: {@code key=value} lines, with several lines for some keys. */
final class AgentReply {
    private final List<String> lines;

    AgentReply(List<String> lines) {
        this.lines = new ArrayList<>(lines);
    }

    /** Whether the answer is missing. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** All values of a key, in their order. */
    List<String> all(StatusKey key) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            if (key.isKeyOf(line)) {
                values.add(key.valueIn(line));
            }
        }
        return values;
    }

    /** The first value of a key; a question mark if an older agent does not have the key. */
    String one(StatusKey key) {
        List<String> values = all(key);
        return values.isEmpty() ? "?" : values.get(0);
    }
}
