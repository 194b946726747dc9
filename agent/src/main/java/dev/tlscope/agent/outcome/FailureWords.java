package dev.tlscope.agent.outcome;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a FAILURE event says: the alert, the exceptions, the methods that they came through. */
final class FailureWords {
    private final Event failure;

    FailureWords(Event failure) {
        this.failure = failure;
    }

    /** True when the peer's alert ended it. */
    boolean received() {
        return failure.isReceived() && alert() >= 0;
    }

    /** Number of the alert; -1 when there was none. */
    int alert() {
        return (int) failure.number(Field.ALERT, -1);
    }

    boolean isAboutCertificate() {
        AlertDescription known = alert() < 0 ? null : AlertDescription.of(alert());
        return known != null && known.isAboutCertificate();
    }

    @Nullable
    String givenUp() {
        return failure.text(Field.GIVEN_UP);
    }

    boolean validatorSays(String reason) {
        return failure.texts(Field.VALIDATION_REASON).contains(reason);
    }

    /** True when an exception of that class is in the chain. */
    boolean threw(String className) {
        for (String link : failure.texts(Field.EXCEPTION)) {
            if (link.equals(className) || link.startsWith(className + ":")) {
                return true;
            }
        }
        return false;
    }

    /** True when JSSE's own words, or an exception's, have this part. */
    boolean said(String part) {
        String diagnostic = failure.text(Field.DIAGNOSTIC);
        if (diagnostic != null && diagnostic.contains(part)) {
            return true;
        }
        for (String link : failure.texts(Field.EXCEPTION)) {
            if (link.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** True when the innermost exception came through a method whose class and name have this part. */
    boolean cameThrough(String method) {
        for (String frame : failure.texts(Field.FRAME)) {
            if (frame.contains(method)) {
                return true;
            }
        }
        return false;
    }

    /** {@code class: message} of the innermost exception; null when none is known. */
    @Nullable
    String innermost() {
        List<String> links = failure.texts(Field.EXCEPTION);
        return links.isEmpty() ? null : links.get(links.size() - 1);
    }

    /** {@code class: message} of the innermost exception where a socket or stream threw it; null where another did. */
    @Nullable
    String socketFailure() {
        String innermost = innermost();
        return innermost != null && (innermost.startsWith("java.net.") || innermost.startsWith("java.io."))
                ? innermost
                : null;
    }

    /** The class of the outermost exception; null when none is known. */
    @Nullable
    String thrown() {
        List<String> links = failure.texts(Field.EXCEPTION);
        return links.isEmpty() ? null : className(links.get(0));
    }

    /** JSSE's own words, or the innermost exception's. */
    String words() {
        String innermost = innermost();
        String diagnostic = failure.text(Field.DIAGNOSTIC);
        return innermost != null ? innermost : diagnostic != null ? diagnostic : "";
    }

    /** The class in {@code class: message}. */
    static String className(String link) {
        int colon = link.indexOf(':');
        return colon < 0 ? link : link.substring(0, colon);
    }
}
