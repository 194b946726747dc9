package dev.tlscope.capture;

import org.jspecify.annotations.Nullable;

/** How much of a TLS implementation's connections is captured. */
public enum Visibility {
    /** Everything that the agent can capture. */
    FULL("full"),
    /** What passes through the public API: bytes, exceptions, and the result of the handshake. */
    PART("part"),
    /** Nothing. */
    NONE("none"),
    /** Nothing of the class itself: it passes its calls on to another SSLEngine or SSLSocket, which has its own line. */
    WRAPPER("wrapper");

    private final String text;

    Visibility(String text) {
        this.text = text;
    }

    /** The value in a capture and in status. */
    public String text() {
        return text;
    }

    /** The constant with that text; null for a text of a newer agent. */
    public static @Nullable Visibility of(@Nullable String text) {
        for (Visibility visibility : values()) {
            if (visibility.text.equals(text)) {
                return visibility;
            }
        }
        return null;
    }
}
