package dev.tlscope.agent.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A value of {@link StatusKey#TLS}: {@code VISIBILITY KIND CLASS SINCE SOURCE; REASON}, the reason where there is one. */
public final class TlsClassLine {
    private static final String REASON = "; ";
    private static final String JDK = "the JDK";

    private final String[] words;

    private TlsClassLine(String[] words) {
        this.words = words;
    }

    /**
     * Composes a value.
     *
     * @param visibility as in a capture; {@code -} for an SSLContext
     * @param since ISO 8601
     */
    public static String of(
            String visibility, String kind, String className, String since, String source, String reason) {
        return visibility + " " + kind + " " + className + " " + since + " " + source
                + (reason.isEmpty() ? "" : REASON + reason);
    }

    /** Reads a value; one of a newer agent may have fewer words. */
    public static TlsClassLine parse(String value) {
        return new TlsClassLine(value.split(" ", 5));
    }

    /** {@code full}, {@code part}, {@code none}, {@code wrapper}, or {@code -} for an SSLContext. */
    public String visibility() {
        return word(0);
    }

    /** {@code engine}, {@code socket} or {@code context}. */
    public String kind() {
        return word(1);
    }

    public String className() {
        return word(2);
    }

    /** When the class was first seen, ISO 8601. */
    public String since() {
        return word(3);
    }

    /** The jar, as a path. */
    public String source() {
        int at = word(4).indexOf(REASON);
        return at < 0 ? word(4) : word(4).substring(0, at);
    }

    /** Why no more is captured; empty when there is nothing to say. */
    public String reason() {
        int at = word(4).indexOf(REASON);
        return at < 0 ? "" : word(4).substring(at + REASON.length());
    }

    /**
     * Lines for people: one for the JDK's own engines and sockets, and one for each other class. An SSLContext is named only where nothing else is
     * known.
     */
    public static List<String> summary(List<TlsClassLine> lines) {
        Set<String> ofJdk = new TreeSet<>();
        List<String> others = new ArrayList<>();
        List<String> contexts = new ArrayList<>();
        for (TlsClassLine line : lines) {
            if (line.visibility().equals("full") && line.source().equals(JDK)) {
                ofJdk.add(line.title());
            } else {
                (line.visibility().equals("-") ? contexts : others).add(line.text());
            }
        }
        if (!ofJdk.isEmpty()) {
            others.add(0, String.join(" and ", ofJdk) + " of " + JDK + ": captured in full");
        }
        return others.isEmpty() ? contexts : others;
    }

    /** A line for people. */
    private String text() {
        String from = source().startsWith("the ") ? " of " : " from ";
        String sentence = reason().isEmpty() ? "" : ": " + reason();
        switch (visibility()) {
            case "full":
                return title() + " " + className() + from + source() + ": captured in full";
            case "part":
                return title() + " " + className() + from + source() + ": captured in part" + sentence;
            case "wrapper":
                return title() + " " + className() + from + source() + ": a wrapper" + sentence;
            case "none":
                return title() + " " + className() + from + source() + ": NOT captured" + sentence;
            default:
                return title() + " " + className() + from + source();
        }
    }

    private String title() {
        String kind = kind();
        return kind.isEmpty() ? "" : "SSL" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
    }

    private String word(int index) {
        return index < words.length ? words[index] : "";
    }
}
