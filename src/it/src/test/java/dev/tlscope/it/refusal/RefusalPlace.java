package dev.tlscope.it.refusal;

/**
 * A place in the JDK's code that can refuse: it calls TransportContext.fatal, or creates an exception with a text.
 *
 * @param className binary name
 * @param method its name; {@code lambda} for any lambda of the class
 * @param template the text, with {@code {}} for parts computed at run time; empty if the cause's own text is used
 */
record RefusalPlace(String className, String method, String template) implements Comparable<RefusalPlace> {
    /** The key of the table's rows. */
    String key() {
        return className + '\t' + method + '\t' + template;
    }

    @Override
    public int compareTo(RefusalPlace other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return className + "." + method + ": " + (template.isEmpty() ? "(the cause's text)" : template);
    }
}
