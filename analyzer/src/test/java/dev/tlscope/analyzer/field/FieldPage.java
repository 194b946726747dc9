package dev.tlscope.analyzer.field;

import dev.tlscope.analyzer.finding.Confidence;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** {@code src/docs/field.md}, from the tables. */
final class FieldPage {
    private static final String HEAD = """
            # Right in the field

            Public reports of Java programs whose TLS connection failed, chosen because their thread found the cause. Each was reproduced
            on loopback with a PKI of its own, against OpenSSL, GnuTLS, Python or Java, with the report's library if that matters, and
            captured by the agent with its default options. "At the start" is the answer of the release before this work; "now" is
            checked by `FieldReportTest`, which explains the same captures in process.

            The reports of the table "fresh" were played after the first two, those of "unseen" after "fresh", and those of "latest" after
            "unseen"; each round was explained before any code was changed for one of it: its score at the start is the honest estimate of what
            the next report meets. All other scores are of reports that were corrected. Six of the "unseen" were silent for one reason: a JVM whose first class of TLS
            is SSLSocket was not captured at all. Six of the "latest" were silent because the application could not read a key store or a
            private key, before it used any TLS.

            An answer is right when it has the cause, is no more certain than the evidence, and names what the fix needs. It is vague when
            the user would still have to find the cause, wrong when it names another one, silent when nothing was captured or reported.

            `mvn -Pdocs verify -pl analyzer -am` makes this page from `analyzer/src/test/resources/field/*.txt`.
            """;

    private FieldPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append(
                "\n## Score\n\n| | cases | right | vague | wrong | wrong and certain | silent | right now |\n|---|---|---|---|---|---|---|---|\n");
        FieldReports.TABLES.forEach(table -> score(page, table, FieldReports.of(table)));
        score(page, "all", FieldReports.all());
        page.append(
                "\n## Kinds\n\nWhat was told wrongly once, and what holds it: cases below, and tests.\n\n| kind | held by |\n|---|---|\n");
        FieldReports.kinds()
                .forEach((kind, held) -> page.append("| ")
                        .append(kind)
                        .append(" | ")
                        .append(String.join(", ", held))
                        .append(" |\n"));
        for (String table : FieldReports.TABLES) {
            List<FieldReport> reports = FieldReports.of(table);
            if (!reports.isEmpty()) {
                page.append("\n## ").append(title(table)).append('\n');
                index(page, reports);
                reports.forEach(report -> report(page, report));
            }
        }
        return page.toString();
    }

    private static String title(String table) {
        return table.substring(0, 1).toUpperCase(Locale.ROOT) + table.substring(1);
    }

    private static void score(StringBuilder page, String name, Collection<FieldReport> reports) {
        page.append("| ").append(name).append(" | ").append(reports.size());
        for (FieldReport.Verdict verdict : FieldReport.Verdict.values()) {
            page.append(" | ")
                    .append(reports.stream()
                            .filter(report -> report.verdict() == verdict)
                            .count());
        }
        page.append(" | ")
                .append(reports.stream()
                        .filter(report -> report.now() == FieldReport.Now.RIGHT)
                        .count())
                .append(" |\n");
    }

    private static void index(StringBuilder page, List<FieldReport> reports) {
        page.append("\n| case | JDK | side | right | at the start | now |\n|---|---|---|---|---|---|\n");
        for (FieldReport report : reports) {
            page.append("| ")
                    .append(String.join(
                            " | ",
                            report.name(),
                            report.jdk(),
                            report.side(),
                            report.causes().isEmpty() ? "no finding" : String.join(", ", report.causes()),
                            report.verdict().toString(),
                            now(report)));
            page.append(" |\n");
        }
    }

    private static void report(StringBuilder page, FieldReport report) {
        page.append("\n### ")
                .append(report.name())
                .append(": ")
                .append(report.title())
                .append("\n\n");
        page.append('[')
                .append(report.report().replaceFirst("https://(github\\.com/)?", ""))
                .append("](");
        page.append(report.report()).append("), JDK ").append(report.jdk()).append(", ");
        page.append(report.side()).append("'s side\n\n");
        line(page, "root cause", report.root());
        line(page, "right", right(report));
        line(page, "at the start", report.before() + " (" + report.verdict() + ")");
        line(page, "now", now(report));
    }

    private static String now(FieldReport report) {
        return report.now().name().toLowerCase(Locale.ROOT);
    }

    private static String right(FieldReport report) {
        if (report.causes().isEmpty()) {
            return "no finding";
        }
        String names = report.names().isEmpty()
                ? ""
                : "; names "
                        + String.join(
                                ", ",
                                report.names().stream()
                                        .map(any -> "`" + String.join("` or `", any) + "`")
                                        .toList());
        String never = report.never().isEmpty() ? "" : "; never `" + String.join("`, `", report.never()) + "`";
        String most = report.confidence() == Confidence.CERTAIN
                ? ""
                : ", no surer than " + report.confidence().name().toLowerCase(Locale.ROOT);
        return "`" + String.join("` or `", report.causes()) + "`" + most + names + never;
    }

    private static void line(StringBuilder page, String key, String value) {
        page.append("- ").append(key).append(": ").append(value).append('\n');
    }
}
