package dev.tlscope.cli;

import dev.tlscope.agent.status.StatusKey;
import java.util.ArrayList;
import java.util.List;

/** What the agent in a target answered: {@code key=value} lines, of which some keys have several. */
final class AgentReply {
    private final List<String> lines;

    AgentReply(List<String> lines) {
        this.lines = new ArrayList<>(lines);
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

    /** The first value of a key; a question mark where an older agent does not know the key. */
    String one(StatusKey key) {
        List<String> values = all(key);
        return values.isEmpty() ? "?" : values.get(0);
    }
}
