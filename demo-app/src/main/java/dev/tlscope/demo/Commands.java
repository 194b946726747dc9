package dev.tlscope.demo;

import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Commands that the running service reads from standard input, one per line; it answers each with one line. */
final class Commands {
    private static final List<String> VERBS = Arrays.asList("call", "fault", "quit");

    private final Map<String, ServiceEndpoint> endpoints;
    private final Caller caller;
    private final Legacy legacy;
    private final Consumer<String> out;

    Commands(Map<String, ServiceEndpoint> endpoints, Caller caller, Legacy legacy, Consumer<String> out) {
        this.endpoints = endpoints;
        this.caller = caller;
        this.legacy = legacy;
        this.out = out;
    }

    /** Executes commands; returns true at {@code quit}, false at the end of the stream. */
    boolean run(BufferedReader in) throws IOException {
        String line;
        while ((line = in.readLine()) != null) {
            List<String> words = Arrays.asList(line.trim().split("\\s+", -1));
            if (words.get(0).equals("quit")) {
                return true;
            }
            if (!words.get(0).isEmpty()) {
                out.accept(answer(words));
            }
        }
        return false;
    }

    private String answer(List<String> words) {
        try {
            switch (words.get(0)) {
                case "call":
                    return call(words.subList(1, words.size()));
                case "fault":
                    return fault(words.subList(1, words.size()));
                default:
                    throw UsageException.unknown("command", words.get(0), VERBS);
            }
        } catch (UsageException | GeneralSecurityException | IOException e) {
            return "error " + e.getMessage();
        }
    }

    private String call(List<String> words) {
        if (words.isEmpty()) {
            throw new UsageException("call ENDPOINT [TLSv1.2|TLSv1.3] [SUITE] [socket|engine]");
        }
        ServiceEndpoint endpoint = endpoints.get(words.get(0));
        if (endpoint == null) {
            throw UsageException.unknown("endpoint", words.get(0), endpoints.keySet());
        }
        @Nullable String protocol = null;
        @Nullable String suite = null;
        Transport transport = Transport.SOCKET;
        for (String word : words.subList(1, words.size())) {
            if (Arrays.asList(Transport.names()).contains(word)) {
                transport = Transport.of(word);
            } else if (word.startsWith("TLSv") || word.startsWith("SSLv")) {
                protocol = word;
            } else {
                suite = word;
            }
        }
        // Names are checked before the call, so that a mistyped one does not look like a failed handshake.
        Offer.parse(protocol, suite);
        return caller.call(endpoint, transport, protocol, suite);
    }

    private String fault(List<String> words) throws GeneralSecurityException, IOException {
        if (words.size() != 2 || !Arrays.asList("on", "off").contains(words.get(1))) {
            throw new UsageException("fault NAME on|off");
        }
        Fault fault = Fault.named(words.get(0));
        legacy.set(fault, words.get(1).equals("on"));
        return "fault " + fault + " " + words.get(1);
    }
}
