package dev.tlscope.it.capture;

import dev.tlscope.it.harness.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The other implementation as peer: {@code s_client} or {@code s_server}, with its own key log and message bytes. */
final class OpenSsl implements AutoCloseable {
    private static final Pattern HEADER = Pattern.compile("(<<<|>>>) [^,]*, (\\w+) \\[length .*");
    private static final String CLIENT_HELLO = "01";

    private final Process process;
    private final Path out;

    private OpenSsl(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /** Starts {@code openssl COMMAND}, with its output in a file. Skips the test if openssl is not installed. */
    static OpenSsl start(Path directory, List<String> command) {
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(command);
        try {
            Path out = Files.createTempFile(directory, "openssl-", ".out");
            return new OpenSsl(
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start(),
                    out);
        } catch (IOException e) {
            if (System.getProperty("tlscope.matrix", "off").equals("required")) {
                throw new UncheckedIOException(e);
            }
            Assumptions.abort("skipped: openssl is not installed");
            throw new UncheckedIOException(e);
        }
    }

    /** Writes to its standard input and waits until it ends. */
    void run(String input) throws IOException, InterruptedException {
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        process.waitFor();
    }

    /** The port of s_server -accept 0. */
    int port() {
        Pattern accept = Pattern.compile("ACCEPT .*:(\\d+)");
        Awaitility.await("s_server listens: " + out())
                .atMost(ForkedJvm.PATIENCE)
                .until(() -> accept.matcher(out()).find());
        Matcher line = accept.matcher(out());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    String out() {
        try {
            return Files.readString(out, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The output of {@code -msg}, by ClientHello.random: handshake messages and alerts of one connection each.
     *
     * @param client whether openssl was the client
     */
    Map<String, List<TlsMessage>> messages(boolean client) {
        Map<String, List<TlsMessage>> connections = new LinkedHashMap<>();
        List<TlsMessage> current = new ArrayList<>();
        List<String> lines = out().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher header = HEADER.matcher(lines.get(i));
            if (!header.matches()) {
                continue;
            }
            StringBuilder hex = new StringBuilder();
            while (i + 1 < lines.size() && lines.get(i + 1).matches("    ([0-9a-f]{2} ?)+")) {
                hex.append(lines.get(++i).replace(" ", ""));
            }
            int contentType = switch (header.group(2)) {
                case "Handshake" -> TlsMessage.HANDSHAKE;
                case "Alert" -> TlsMessage.ALERT;
                default -> 0;
            };
            if (contentType == 0) {
                continue;
            }
            TlsMessage message = new TlsMessage(header.group(1).equals(">>>") == client, contentType, hex.toString());
            if (contentType == TlsMessage.HANDSHAKE && hex.substring(0, 2).equals(CLIENT_HELLO)) {
                current = connections.computeIfAbsent(clientRandom(message), random -> new ArrayList<>());
            }
            current.add(message);
        }
        return connections;
    }

    /** The random of a ClientHello. */
    static String clientRandom(TlsMessage hello) {
        return hello.body().substring(4, 4 + 64);
    }

    /** The lines of a key log, with hex in lower case as in the RFC. */
    static Set<String> keyLog(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .map(line -> line.substring(0, line.indexOf(' '))
                        + line.substring(line.indexOf(' ')).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
