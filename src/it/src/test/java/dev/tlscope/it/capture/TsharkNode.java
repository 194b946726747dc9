package dev.tlscope.it.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A node of tshark's dissection, from {@code -T json -x}, in which a name may occur several times in one object.
 *
 * @param name the field's, such as {@code tls.handshake.type}, or a label of tshark
 * @param show its value as tshark shows it; empty when it has none
 * @param raw the bytes that it was decoded from, in hex: the decrypted or reassembled ones if there are any
 */
record TsharkNode(String name, String show, String raw, List<TsharkNode> children) {
    private static final String RAW = "_raw";
    private static final String TREE = "_tree";

    /** Reads an object's fields; the parser is at its START_OBJECT. */
    static List<TsharkNode> read(JsonParser json) throws IOException {
        List<TsharkNode> nodes = new ArrayList<>();
        String raw = "";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY) {
                String first = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "";
                while (json.currentToken() != JsonToken.END_ARRAY) {
                    json.skipChildren();
                    json.nextToken();
                }
                raw = name.endsWith(RAW) ? first : raw;
                continue;
            }
            boolean isObject = value == JsonToken.START_OBJECT;
            String show = isObject ? "" : json.getText();
            List<TsharkNode> children = isObject ? read(json) : new ArrayList<>();
            TsharkNode last = nodes.isEmpty() ? null : nodes.get(nodes.size() - 1);
            if (last != null && name.equals(last.name + TREE)) {
                last.children.addAll(children);
            } else {
                nodes.add(new TsharkNode(name, show, raw, children));
            }
            raw = "";
        }
        return nodes;
    }

    /** This node and all below it, in the order of the packet. */
    void walk(Consumer<TsharkNode> visitor) {
        visitor.accept(this);
        children.forEach(child -> child.walk(visitor));
    }

    /** All nodes with that name, at any depth. */
    List<TsharkNode> all(String wanted) {
        List<TsharkNode> found = new ArrayList<>();
        walk(node -> {
            if (node.name.equals(wanted)) {
                found.add(node);
            }
        });
        return found;
    }

    /** The value of a child, or an empty text. */
    String child(String wanted) {
        return children.stream()
                .filter(child -> child.name.equals(wanted))
                .map(TsharkNode::show)
                .findFirst()
                .orElse("");
    }
}
