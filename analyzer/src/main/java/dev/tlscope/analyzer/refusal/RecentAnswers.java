package dev.tlscope.analyzer.refusal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The answers to the questions that were asked last, for any number of threads. */
final class RecentAnswers<Q, A> {
    private final Map<Q, A> answers;

    /** @param most how many answers to keep */
    RecentAnswers(int most) {
        answers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Q, A> eldest) {
                return size() > most;
            }
        };
    }

    /** The answer, computed if it is not one of the last; two threads may compute the same one. */
    A get(Q question, Supplier<A> how) {
        synchronized (answers) {
            A known = answers.get(question);
            if (known != null) {
                return known;
            }
        }
        A made = how.get();
        synchronized (answers) {
            answers.put(question, made);
        }
        return made;
    }
}
