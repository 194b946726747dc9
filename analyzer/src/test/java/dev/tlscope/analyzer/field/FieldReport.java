package dev.tlscope.analyzer.field;

import dev.tlscope.analyzer.finding.Confidence;
import java.util.List;

/**
 * One public report of a failing TLS connection of a Java program, reproduced on loopback, and its right answer.
 *
 * @param name of the case, and of its capture
 * @param title what the reporters saw
 * @param report address of the report
 * @param root its cause, as found in the report's thread
 * @param side the side that was captured
 * @param causes ids of which any is right; empty when no finding is
 * @param confidence the highest confidence that is right
 * @param names texts that the sentence, the evidence or the fix must contain; of each line one
 * @param never texts that must not occur there
 * @param before the answer of the initial release
 * @param verdict on that answer
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
    /** How good the initial release's answer was. */
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
        /** Known, and still to be corrected. */
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
