package dev.tlscope.it.refusal;

/**
 * A place in the JDK's code that can refuse: it calls TransportContext.fatal, or makes an exception with a text.
 *
 * @param className binary name
 * @param method its name; {@code lambda} for any lambda of the class
 * @param template the text, {@code {}} where a part is made when it runs; empty where the cause's own text is taken
 */
record RefusalPlace(String className, String method, String template) implements Comparable<RefusalPlace> {
    /** As the table's rows have it. */
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
