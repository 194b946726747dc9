package dev.tlscope.analyzer.store;

import java.io.EOFException;

/** Why a file could not be read as a store, and what to do: {@code WHY; WHAT NEXT}. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message {@code WHY; WHAT NEXT} */
    public StoreException(String message) {
        super(message);
    }

    /** The words of the innermost exception. Those of the JDK's readers that have none have come to the end. */
    static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root instanceof EOFException || message == null ? "it ends too early" : message;
    }
}
