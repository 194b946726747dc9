package dev.tlscope.it.refusal;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.analysis.Value;

/**
 * The possible texts of a value on a method's stack or in a variable. Parts that the class file does not contain are
 * {@link #UNKNOWN}.
 *
 * @param size 1 or 2 words
 * @param texts the constant texts; of an int its digits, of a static constant its name
 */
record KnownTexts(int size, Set<String> texts) implements Value {
    /** Stands for a part of a text that is computed at run time. */
    static final String UNKNOWN = "{}";

    private static final int MOST = 12;
    private static final int LONGEST = 400;

    static KnownTexts unknown(int size) {
        return new KnownTexts(size, Set.of(UNKNOWN));
    }

    static KnownTexts unknown(Type type) {
        return unknown(type.getSize());
    }

    static KnownTexts of(String text) {
        return new KnownTexts(1, Set.of(text));
    }

    /** null, which adds no text to a choice. */
    static KnownTexts none() {
        return new KnownTexts(1, Set.of());
    }

    @Override
    public int getSize() {
        return size;
    }

    boolean isKnown() {
        return !texts.isEmpty() && !texts.contains(UNKNOWN);
    }

    /** Concatenates the two. */
    KnownTexts then(KnownTexts next) {
        Set<String> all = new TreeSet<>();
        for (String text : texts) {
            for (String more : next.texts.isEmpty() ? Set.of(UNKNOWN) : next.texts) {
                all.add(join(text, more));
            }
        }
        return bounded(1, all);
    }

    /** A choice between the two. */
    KnownTexts or(KnownTexts other) {
        if (size != other.size) {
            return unknown(1);
        }
        Set<String> all = new TreeSet<>(texts);
        all.addAll(other.texts);
        return all.equals(texts) ? this : bounded(size, all);
    }

    /** An int as the character with that code. */
    KnownTexts asCharacter() {
        return new KnownTexts(
                1,
                texts.stream()
                        .map(text -> text.matches("\\d{1,5}") ? "" + (char) Integer.parseInt(text) : UNKNOWN)
                        .collect(Collectors.toSet()));
    }

    /** A format of java.util.Formatter as a template. */
    KnownTexts formatted() {
        return new KnownTexts(
                1,
                texts.stream()
                        .map(text -> text.replaceAll("%[-#+ 0,(]*\\d*(\\.\\d+)?[a-zA-Z]", "{}"))
                        .collect(Collectors.toSet()));
    }

    static String join(String text, String more) {
        return (text + more).replace("{}{}", UNKNOWN);
    }

    private static KnownTexts bounded(int size, Collection<String> texts) {
        boolean tooMuch = texts.size() > MOST || texts.stream().anyMatch(text -> text.length() > LONGEST);
        return tooMuch ? unknown(size) : new KnownTexts(size, Set.copyOf(texts));
    }
}
