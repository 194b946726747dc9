package dev.tlscope.analyzer.refusal;

import dev.tlscope.analyzer.evidence.Frames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A method on a stack, in the table's notation.
 *
 * @param className binary name
 * @param name its name; {@code lambda} for any lambda of the class
 */
record StackMethod(String className, String name) {

    /** The methods of a stack, innermost first. */
    static Set<StackMethod> of(List<String> frames) {
        Set<StackMethod> methods = new LinkedHashSet<>();
        for (String frame : frames) {
            String method = Frames.methodName(frame);
            methods.add(new StackMethod(Frames.className(frame), method.startsWith("lambda$") ? "lambda" : method));
        }
        return methods;
    }
}
