package dev.tlscope.analyzer.field;

import dev.tlscope.analyzer.finding.Confidence;
import java.util.List;

/**
 * One public report of a failing TLS connection of a Java program, played on loopback, and what is right to say of it.
 *
 * @param name of the case, and of its capture
 * @param title what people saw
 * @param report address of the report
 * @param root its cause, as the report's thread found it
 * @param side whose capture it is
 * @param causes ids of which any is right; empty when no finding is
 * @param confidence the highest that is right
 * @param names what must stand in the sentence, the evidence or the fix; of each line one
 * @param never what must not stand there
 * @param before what the release of the start answered
 * @param verdict on that
 * @param now whether today's answer is right
 */
record FieldReport(
        String name,
        String title,
        String report,
        String root,
        String jdk,
        String side,
        List<String> causes,
        Confidence confidence,
        List<List<String>> names,
        List<String> never,
        String before,
        Verdict verdict,
        Now now) {
    /** How good the answer of the start was. */
    enum Verdict {
        RIGHT("right"),
        VAGUE("vague"),
        WRONG("wrong"),
        CERTAIN_AND_WRONG("wrong and certain"),
        SILENT("silent");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Today's answer. */
    enum Now {
        RIGHT,
        /** Known, and still to be set right. */
        WRONG,
        /** Nothing was captured, so that nothing can be explained. */
        SILENT
    }

    /** Whether this answer is right. */
    boolean isTold(List<Answer> answers) {
        return causes.isEmpty()
                ? answers.isEmpty()
                : !answers.isEmpty() && answers.stream().allMatch(this::isTold);
    }

    private boolean isTold(Answer answer) {
        return causes.contains(answer.cause())
                && answer.confidence().compareTo(confidence) >= 0
                && names.stream().allMatch(any -> any.stream().anyMatch(answer::says))
                && never.stream().noneMatch(answer::says);
    }
}
