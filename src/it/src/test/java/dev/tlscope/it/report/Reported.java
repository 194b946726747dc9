package dev.tlscope.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A page that {@code tlscope report} wrote for captures.
 *
 * @param said what the command printed
 */
record Reported(Path page, String said) {
    private static final Pattern BLOCK =
            Pattern.compile("<script type=\"text/plain\" id=\"[a-z0-9]+\">([^<]*)</script>");

    /** Runs the packaged jar; the page is beside the captures' directory. */
    static Reported of(Bench bench, int exitCode, Path captures, String... options) {
        Path page = bench.directory().resolve("report.html");
        List<String> arguments =
                new ArrayList<>(List.of("report", captures.toString(), "-o", page.toString(), "--force"));
        arguments.addAll(Arrays.asList(options));
        Bench.Ran ran = bench.cli(Jdk.current(), arguments.toArray(new String[0]));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
        return new Reported(page, ran.out());
    }

    /** Attaches to a service for some calls: four that succeed, and two that fail because of the service's wrong key. */
    static void capture(Bench bench) {
        try (ForkedJvm service = bench.service(Jdk.current(), List.of(bench.agent("keep=all,secrets=on")))) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                Bench.call(service, "orders " + protocol, "ok ");
                Bench.call(service, "payments " + protocol, "ok ");
            }
            service.say("fault key-mismatch on");
            service.lineThatBegins("fault ");
            Bench.call(service, "legacy TLSv1.2", "failed ");
            Bench.call(service, "legacy TLSv1.3", "failed ");
            service.say("quit");
            service.exitCode();
        }
    }

    /** The handshakes of captures, from {@code export --to json --events}. */
    static List<JsonNode> handshakes(Bench bench) {
        List<JsonNode> all = new ArrayList<>();
        String lines = bench.cli(
                        Jdk.current(),
                        "export",
                        "--to",
                        "json",
                        "--events",
                        bench.out().toString())
                .out();
        for (String line : lines.lines().toList()) {
            try {
                JsonNode node = new ObjectMapper().readTree(line);
                if (node.get("kind").asText().equals("handshake")) {
                    all.add(node);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /** The page with all its data decompressed. */
    String unpacked() throws IOException {
        String text = Files.readString(page);
        StringBuilder all = new StringBuilder(text);
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            byte[] bytes = Base64.getDecoder().decode(blocks.group(1));
            all.append(new String(
                    new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
