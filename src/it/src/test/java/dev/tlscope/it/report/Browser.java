package dev.tlscope.it.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.it.harness.ForkedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** Headless Chromium, controlled through chromedriver (W3C WebDriver), with its own profile; ended on close. */
final class Browser implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("on port ([0-9]+)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_STARTS = 10;

    private final Process driver;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String session;

    private Browser(Process driver, int port, Path profile) {
        this.driver = driver;
        String base = "http://127.0.0.1:" + port + "/session";
        Map<String, Object> options = Map.of(
                "args",
                List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile));
        Map<String, Object> wanted =
                Map.of("goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL"));
        JsonNode made = send("POST", base, Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        this.session = base + "/" + made.get("sessionId").asText();
    }

    /** Starts the browser; skips the test, with a message, if it is not installed. */
    static Browser start(Path profile) {
        try {
            List<String> said = new ArrayList<>();
            for (int attempt = 0; attempt < MOST_STARTS; attempt++) {
                Process driver = new ProcessBuilder("chromedriver", "--port=0")
                        .redirectErrorStream(true)
                        .start();
                OptionalInt port = port(driver, said);
                if (port.isPresent()) {
                    return new Browser(driver, port.getAsInt(), profile);
                }
            }
            throw new IllegalStateException("chromedriver ended before it served: " + said);
        } catch (IOException e) {
            if (System.getProperty("tlscope.matrix", "off").equals("required")) {
                throw new UncheckedIOException(e);
            }
            Assumptions.abort("skipped: chromedriver is not installed");
            throw new IllegalStateException(e);
        }
    }

    /**
     * The port of chromedriver; empty when it ended. It ends when another process uses, for IPv4, the port that the
     * kernel assigned to it for IPv6, which is likely beside tests that use many ports.
     */
    private static OptionalInt port(Process driver, List<String> said) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            Matcher started = STARTED.matcher(line);
            if (line.contains("started successfully") && started.find()) {
                return OptionalInt.of(Integer.parseInt(started.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    /** Opens a page in a window of that size, and waits until it has been drawn. */
    void open(Path page, int width, int height, boolean dark) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                // no animation runs when a screenshot is taken
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        send("POST", session + "/url", Map.of("url", page.toUri().toString()));
        waitFor("document.documentElement.dataset.ready === 'yes'");
    }

    /** The value of a JavaScript expression. */
    JsonNode value(String expression) {
        return send("POST", session + "/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
    }

    /** Clicks the first element that a selector finds; fails if there is none. */
    void click(String selector) {
        value("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Types a text into a field, replacing its content. */
    void type(String selector, String text) {
        value("(field => { field.value = " + quoted(text) + "; field.dispatchEvent(new Event('input')); })"
                + "(document.querySelector(" + quoted(selector) + "))");
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    void waitFor(String condition) {
        Awaitility.await(condition)
                .atMost(ForkedJvm.PATIENCE)
                .until(() -> value("!!(" + condition + ")").asBoolean());
    }

    /** Presses keys, each by its name in UI Events (Tab, Enter, ArrowDown), or a text. */
    void press(String... keys) {
        List<Map<String, Object>> actions = new ArrayList<>();
        for (String key : keys) {
            String code = KEYS.getOrDefault(key, key);
            actions.add(Map.of("type", "keyDown", "value", code));
            actions.add(Map.of("type", "keyUp", "value", code));
        }
        send(
                "POST",
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    void screenshot(Path file) throws IOException {
        String png = send("GET", session + "/screenshot", null).asText();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /** The browser's complaints since the last call: script errors, refused loads, console output. */
    List<String> complaints() {
        List<String> messages = new ArrayList<>();
        for (JsonNode entry : send("POST", session + "/se/log", Map.of("type", "browser"))) {
            messages.add(
                    entry.get("level").asText() + " " + entry.get("message").asText());
        }
        return messages;
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, null);
        } finally {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly();
        }
    }

    private static final Map<String, String> KEYS = Map.of(
            "Tab",
            "\uE004",
            "Enter",
            "\uE007",
            "Escape",
            "\uE00C",
            "ArrowDown",
            "\uE015",
            "ArrowUp",
            "\uE013",
            "ArrowRight",
            "\uE014",
            "End",
            "\uE010",
            "Home",
            "\uE011");

    private void cdp(String command, Map<String, Object> parameters) {
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    private JsonNode send(String method, String url, Object body) {
        try {
            HttpRequest.BodyPublisher content = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .method(method, content)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(url + ": " + answer.body());
            }
            return JSON.readTree(answer.body()).get("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
