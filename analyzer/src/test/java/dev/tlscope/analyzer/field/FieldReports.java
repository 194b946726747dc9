package dev.tlscope.analyzer.field;

import dev.tlscope.analyzer.finding.Confidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of reports: blocks of {@code key: value}, one per report, separated by empty lines; an indented line
 * continues the value above.
 */
final class FieldReports {
    static final List<String> TABLES = List.of("clients", "servers", "fresh", "unseen", "latest");

    private static final Set<String> KEYS = Set.of(
            "case", "title", "report", "root", "jdk", "side", "expect", "names", "never", "before", "verdict", "now");

    private FieldReports() {}

    /** All reports of one table, in order; empty if it does not exist. */
    static List<FieldReport> of(String table) {
        List<FieldReport> reports = new ArrayList<>();
        for (String block : text(table).split("\n\\s*\n", -1)) {
            String lines =
                    block.lines().filter(line -> !line.startsWith("#")).reduce("", (all, line) -> all + line + "\n");
            if (!lines.isBlank()) {
                reports.add(report(lines));
            }
        }
        return reports;
    }

    static List<FieldReport> all() {
        return TABLES.stream().flatMap(table -> of(table).stream()).toList();
    }

    /** Kinds of failures, in order, and the names of the cases and test classes that hold each. */
    static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        text("kinds").lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int colon = line.indexOf(": ");
            kinds.put(line.substring(0, colon), parts(line.substring(colon + 2), ","));
        });
        return kinds;
    }

    /** The capture of a report; null if there is none. */
    static @Nullable Path capture(FieldReport report) throws URISyntaxException {
        URL file = FieldReports.class.getResource("/field/" + report.name() + ".pcapng");
        return file == null ? null : Path.of(file.toURI());
    }

    private static FieldReport report(String block) {
        Map<String, String> values = new LinkedHashMap<>();
        String key = "";
        for (String line : block.split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith(" ")) {
                values.merge(key, line.strip(), (above, more) -> above + " " + more);
                continue;
            }
            int colon = line.indexOf(':');
            key = colon < 0 ? line : line.substring(0, colon);
            if (!KEYS.contains(key) || values.put(key, line.substring(colon + 1).strip()) != null) {
                throw new IllegalArgumentException("unknown or twice: " + line);
            }
        }
        String expect = value(values, "expect");
        boolean none = expect.equals("none");
        String confidence = expect.substring(expect.lastIndexOf(' ') + 1);
        return new FieldReport(
                value(values, "case"),
                value(values, "title"),
                value(values, "report"),
                value(values, "root"),
                value(values, "jdk"),
                value(values, "side"),
                none ? List.of() : parts(expect.substring(0, expect.lastIndexOf(' ')), "\\|"),
                none ? Confidence.CERTAIN : Confidence.valueOf(confidence.toUpperCase(Locale.ROOT)),
                parts(values.getOrDefault("names", ""), "\\|").stream()
                        .map(any -> parts(any, " or "))
                        .toList(),
                parts(values.getOrDefault("never", ""), "\\|"),
                value(values, "before"),
                verdict(value(values, "verdict")),
                FieldReport.Now.valueOf(value(values, "now").toUpperCase(Locale.ROOT)));
    }

    private static FieldReport.Verdict verdict(String words) {
        return Arrays.stream(FieldReport.Verdict.values())
                .filter(verdict -> verdict.toString().equals(words))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no verdict: " + words));
    }

    private static List<String> parts(String text, String between) {
        return Arrays.stream(text.split(between, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("no " + key + " in " + values);
        }
        return value;
    }

    private static String text(String table) {
        try (InputStream in = FieldReports.class.getResourceAsStream("/field/" + table + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
