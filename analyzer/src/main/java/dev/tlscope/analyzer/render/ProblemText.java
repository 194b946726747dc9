package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.problem.Occurrence;
import dev.tlscope.analyzer.problem.Problem;
import dev.tlscope.analyzer.problem.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Text output of a problem, in at most fifteen lines; the least important lines that do not fit are left out. */
final class ProblemText {
    private static final int MOST_LINES = 15;

    /** The most characters of one part: a longer sentence or step is truncated. */
    private static final int MOST_OF_ONE = 5;

    private static final int FEW = 4;
    private static final int FEW_CONNECTIONS = 8;
    private static final String INDENT = "   ";

    private final Style style;

    /** Lines that are kept or left out together; the lowest rank is kept. */
    private record Part(int rank, List<String> lines) {}

    ProblemText(Style style) {
        this.style = style;
    }

    /**
     * Its lines.
     *
     * @param severalProcesses whether to say which JVM
     */
    List<String> lines(int number, Problem problem, boolean severalProcesses) {
        Finding finding = problem.finding();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(0, head(number, problem)));
        parts.add(new Part(0, cut(sentence(finding))));
        for (int fact = 0; fact < finding.evidence().size(); fact++) {
            Evidence evidence = finding.evidence().get(fact);
            parts.add(part(3 + fact / 2, evidence.what() + ": ", evidence.value()));
        }
        if (!finding.candidates().isEmpty()) {
            parts.add(part(3, "or ", candidates(finding)));
        }
        parts.add(part(0, "who must act: ", problem.whoMustAct()));
        for (int step = 0; step < finding.fix().size(); step++) {
            parts.add(
                    new Part(step == 0 ? 0 : 2 + 2 * step, cut(fix(finding.fix().get(step)))));
        }
        if (problem.count() > 0) {
            parts.add(part(1, "peers: ", few(problem.peers())));
            parts.add(part(1, "connections: ", connections(problem)));
        }
        if (severalProcesses && !problem.processes().entries().isEmpty()) {
            parts.add(part(1, "in: ", few(problem.processes())));
        }
        return fitting(parts);
    }

    private static List<String> fitting(List<Part> parts) {
        List<Integer> byRank = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            byRank.add(at);
        }
        byRank.sort(Comparator.comparingInt(at -> parts.get(at).rank()));
        TreeSet<Integer> chosen = new TreeSet<>();
        int room = MOST_LINES;
        for (int at : byRank) {
            int size = parts.get(at).lines().size();
            if (size <= room) {
                chosen.add(at);
                room -= size;
            }
        }
        return chosen.stream().flatMap(at -> parts.get(at).lines().stream()).toList();
    }

    private List<String> head(int number, Problem problem) {
        String lead = number + ". ";
        String id = problem.finding().cause().id();
        List<String> lines = new ArrayList<>();
        for (String line : style.wrap(lead.length(), id + " (" + problem.certainty() + ")  " + often(problem))) {
            lines.add(
                    lines.isEmpty()
                            ? style.bold(lead) + style.red(id) + line.substring(id.length())
                            : " ".repeat(lead.length()) + line);
        }
        return lines;
    }

    private static String often(Problem problem) {
        String first = Times.toSecond(problem.firstNanos());
        String last = Times.toSecond(problem.lastNanos());
        String when = first.equals(last)
                ? first
                : first + " to "
                        + (date(first).equals(date(last))
                                ? last.substring(date(last).length() + 1)
                                : last);
        return problem.count() == 0
                ? "of the whole JVM, seen " + when
                : String.format(
                        Locale.ROOT,
                        "%,d %s  %s",
                        problem.count(),
                        problem.count() == 1 ? "failure" : "failures",
                        when);
    }

    private static String date(String time) {
        return time.substring(0, time.indexOf(' '));
    }

    private List<String> sentence(Finding finding) {
        return style.wrap(INDENT.length(), PrintableText.of(finding.summary())).stream()
                .map(line -> INDENT + style.bold(line))
                .toList();
    }

    private List<String> fix(String step) {
        return style.hang(INDENT + "fix: ", INDENT + style.green("fix: "), PrintableText.of(step));
    }

    private Part part(int rank, String lead, String text) {
        return new Part(rank, cut(style.hang(INDENT + lead, INDENT + lead, PrintableText.of(text))));
    }

    private static List<String> cut(List<String> lines) {
        if (lines.size() <= MOST_OF_ONE) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, MOST_OF_ONE));
        some.set(MOST_OF_ONE - 1, some.get(MOST_OF_ONE - 1) + " ...");
        return some;
    }

    private static String candidates(Finding finding) {
        return finding.candidates().stream()
                .map(other -> other.cause().id() + " (" + other.decides() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String few(Tally tally) {
        List<Tally.Entry> entries = tally.entries();
        String named = entries.stream()
                .limit(FEW)
                .map(entry -> entry.value() + " (" + entry.count() + ")")
                .collect(Collectors.joining(", "));
        long rest = tally.others()
                + entries.stream().skip(FEW).mapToLong(Tally.Entry::count).sum();
        return named + (rest > 0 ? " and others (" + rest + ")" : "");
    }

    private static String connections(Problem problem) {
        Path file = problem.file();
        List<Long> some = problem.occurrences().stream()
                .filter(at -> at.file().equals(file))
                .map(Occurrence::connection)
                .distinct()
                .limit(FEW_CONNECTIONS)
                .toList();
        List<Long> shown = some.isEmpty() ? List.of(problem.connection()) : some;
        long more = problem.count() - shown.size();
        return shown.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + " of " + file
                + (more > 0 ? " and " + more + " more" : "");
    }
}
