package dev.tlscope.it.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.InProcessCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One side of one connection, as {@code export --to json --secrets} prints it.
 *
 * @param host the host name that the application gave to JSSE
 * @param secrets values in hex by label and base
 * @param decoded the messages as the analyzer decodes them; one for each of {@code messages}
 * @param handshake the whole line
 */
record CapturedSide(
        String host,
        String role,
        List<TlsMessage> messages,
        Map<String, Set<String>> secrets,
        List<JsonNode> decoded,
        JsonNode handshake) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Offset in the hex of a ServerHello. */
    private static final int RANDOM = 12;

    /** The beginning of the random of a HelloRetryRequest (RFC 8446, 4.1.3), which is enough to recognize it. */
    private static final String HELLO_RETRY = "cf21ad74e59a6111";

    /** The connections of all files in a bench's out directory, in the order in which they ended. */
    static List<CapturedSide> all(Bench bench) {
        Bench.Ran ran = InProcessCommand.run(
                "export", "--to", "json", "--secrets", bench.out().toString());
        if (ran.exitCode() != 0) {
            throw new AssertionError(ran.err());
        }
        return ran.out().lines().map(CapturedSide::parse).toList();
    }

    private static CapturedSide parse(String line) {
        JsonNode handshake;
        try {
            handshake = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
        String role = handshake.get("role").asText();
        List<TlsMessage> messages = new ArrayList<>();
        List<JsonNode> decoded = new ArrayList<>();
        Map<String, Set<String>> secrets = new TreeMap<>();
        for (JsonNode event : handshake.get("events")) {
            if (event.get("type").asText().equals("message")) {
                boolean byClient = value(event, "direction").equals("out") == role.equals("client");
                int contentType = Integer.parseInt(value(event, "content_type"));
                messages.add(new TlsMessage(byClient, contentType, value(event, "bytes")));
                decoded.add(event.path("message"));
            } else if (event.get("type").asText().equals("secret")) {
                secrets.computeIfAbsent(value(event, "label") + " of " + value(event, "base"), label -> new TreeSet<>())
                        .add(value(event, "bytes"));
            }
        }
        return new CapturedSide(handshake.path("peerHost").asText(), role, messages, secrets, decoded, handshake);
    }

    /** The messages, with the first one replaced. */
    List<TlsMessage> messages(TlsMessage first) {
        List<TlsMessage> replaced = new ArrayList<>(messages);
        replaced.set(0, first);
        return replaced;
    }

    /** Whether the first handshake resumed an earlier session. */
    boolean isResumed() {
        for (JsonNode event : handshake.get("events")) {
            if (event.get("type").asText().equals("handshake")) {
                return value(event, "resumed").equals("1");
            }
        }
        return false;
    }

    /** ServerHello.random of the first handshake, by which both sides and every observer are matched. */
    String serverRandom() {
        return serverRandom(messages);
    }

    static String serverRandom(List<TlsMessage> messages) {
        return messages.stream()
                .filter(message -> message.isHandshake(2) && !message.hex().startsWith(HELLO_RETRY, RANDOM))
                .map(message -> message.hex().substring(RANDOM, RANDOM + 64))
                .findFirst()
                .orElse("");
    }

    /**
     * The messages of one direction only, because the other direction's may precede or follow them, depending on the
     * network.
     */
    static List<TlsMessage> sentBy(boolean client, List<TlsMessage> messages) {
        return messages.stream().filter(message -> message.byClient() == client).toList();
    }

    private static String value(JsonNode event, String name) {
        for (JsonNode value : event.get("values")) {
            if (value.get("name").asText().equals(name)) {
                return value.path("value").asText();
            }
        }
        return "";
    }
}
