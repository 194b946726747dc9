package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.TlsImplementation;
import dev.tlscope.capture.Visibility;
import java.util.ArrayList;
import java.util.List;

/** With what the captured processes did TLS, where a reader could take a missing failure for a good sign. */
public final class TlsInUse {
    private TlsInUse() {}

    /** A sentence for each implementation that was not captured, and for all others if no connection failed. */
    public static List<String> sentences(Problems problems) {
        CapturedJvms jvms = problems.jvms();
        List<String> sentences = new ArrayList<>();
        for (CapturedJvm jvm : jvms.all()) {
            String process = jvms.areSeveral() ? "The process " + jvm : "This process";
            for (TlsImplementation each : jvms.implementations(jvm)) {
                if (each.visibility() == Visibility.NONE || (each.isIncomplete() && problems.failed() == 0)) {
                    sentences.add(sentence(process, each));
                }
            }
        }
        return sentences;
    }

    /** {@code This process does TLS with ..., which tlscope does not see.} */
    public static String sentence(String process, TlsImplementation each) {
        return process + " does TLS with " + each.className() + " (" + each.described() + "), " + each.gap() + ".";
    }
}
