package dev.tlscope.analyzer.store;

import java.util.ArrayList;
import java.util.List;

/** The passwords that are tried, in order. */
public final class Passwords {
    /** The password of the JDK's own cacerts, and of most examples. */
    private static final String USUAL = "changeit";

    private final List<char[]> given;

    /** Passwords that the user gave; changeit is tried after them. */
    public Passwords(List<char[]> given) {
        this.given = List.copyOf(given);
    }

    /** All of them, changeit last. */
    public List<char[]> all() {
        List<char[]> all = new ArrayList<>(given);
        all.add(USUAL.toCharArray());
        return all;
    }

    /** How a password is called in output, which never shows one that the user gave. */
    String describe(char[] password) {
        return given.stream().anyMatch(one -> one == password) ? "with a given password" : "with the password changeit";
    }

    boolean isEmpty() {
        return given.isEmpty();
    }
}
