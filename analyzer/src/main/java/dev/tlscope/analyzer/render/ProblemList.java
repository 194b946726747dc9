package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.problem.CaptureTotals;
import dev.tlscope.analyzer.problem.Problem;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.TlsInUse;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Text output of problems, the most urgent first, followed by what the captures contain and do not contain. */
public final class ProblemList extends ProblemOutput {
    private final PrintWriter out;
    private final Style style;
    private final boolean selected;

    /**
     * A list.
     *
     * @param selected whether filters excluded something, so that numbers are not those of the captures
     */
    public ProblemList(PrintWriter out, Style style, Problems problems, boolean selected) {
        super(problems);
        this.out = out;
        this.style = style;
        this.selected = selected;
    }

    @Override
    public void end() {
        List<Problem> list = problems.mostUrgentFirst();
        ProblemText text = new ProblemText(style);
        boolean several = problems.jvms().areSeveral();
        int number = 0;
        for (Problem problem : list) {
            text.lines(++number, problem, several).forEach(out::println);
            out.println();
        }
        String sum = list.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%,d %s: ", list.size(), list.size() == 1 ? "problem" : "problems");
        for (String line : style.wrap(0, sum + CaptureTotals.sentence(problems, selected))) {
            out.println(line);
        }
        for (String sentence : TlsInUse.sentences(problems)) {
            style.wrap(0, PrintableText.of(sentence)).forEach(out::println);
        }
        out.flush();
    }
}
