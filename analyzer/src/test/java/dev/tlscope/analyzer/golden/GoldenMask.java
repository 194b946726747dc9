package dev.tlscope.analyzer.golden;

import java.util.List;
import java.util.regex.Pattern;

/** Replaces values that change every time the golden captures are made. */
final class GoldenMask {
    private static final List<Rule> RULES = List.of(
            new Rule("\\b(serial )[0-9a-f]+", "$1<serial>"),
            new Rule("\\b[0-9a-f]{2}(:[0-9a-f]{2}){7,}", "<hex>"),
            new Rule("\\b[0-9a-f]{16,}\\b", "<hex>"),
            new Rule("\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?", "<time>"),
            new Rule(
                    "\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d [A-Z]+ \\d{4}",
                    "<time>"),
            new Rule("\\b\\d+(\\.\\d+)?( ms| s|ms)\\b", "<duration>"),
            new Rule("\\b(127\\.0\\.0\\.1|localhost):\\d+", "$1:<port>"),
            new Rule("\\bc\\d+\\.cells\\.test", "cN.cells.test"),
            new Rule("\\bpool-\\d+-thread-\\d+", "pool-N-thread-N"),
            new Rule("Invalid Padding length: \\d+|Invalid TLS padding data", "<padding refused>"),
            new Rule("@[0-9a-f]{5,8}\\b", "@<identity>"));

    private record Rule(Pattern pattern, String replacement) {
        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    private GoldenMask() {}

    static String of(String text) {
        String masked = text;
        for (Rule rule : RULES) {
            masked = rule.pattern.matcher(masked).replaceAll(rule.replacement);
        }
        return masked;
    }
}
