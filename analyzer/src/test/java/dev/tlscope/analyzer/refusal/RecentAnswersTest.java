package dev.tlscope.analyzer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
    private final List<String> computed = new ArrayList<>();
    private final RecentAnswers<String, String> answers = new RecentAnswers<>(2);

    @Test
    void theOneThatWasAskedLongestAgoIsComputedAgain() {
        assertThat(List.of(ask("a"), ask("b"), ask("a"), ask("c"), ask("a"), ask("b")))
                .containsExactly("A", "B", "A", "C", "A", "B");
        assertThat(computed).containsExactly("a", "b", "c", "b");
    }

    private String ask(String question) {
        return answers.get(question, () -> {
            computed.add(question);
            return question.toUpperCase(java.util.Locale.ROOT);
        });
    }
}
