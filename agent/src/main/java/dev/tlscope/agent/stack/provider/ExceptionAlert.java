package dev.tlscope.agent.stack.provider;

import dev.tlscope.tls.AlertDescription;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The alert that an exception of another provider names, where it crossed the wire encrypted. OpenSSL and its forks have a
 * reason for each alert that was received, {@code SSLV3_ALERT_CERTIFICATE_UNKNOWN} and {@code tlsv1 alert unknown ca};
 * BouncyCastle has exceptions for both directions, {@code TlsFatalAlertReceived: certificate_unknown(46)}.
 */
final class ExceptionAlert {
    private static final int MOST_LINKS = 10;
    private static final String OPENSSL = "_ALERT_";
    private static final String[] OPENSSL_PREFIXES = {"SSLV3", "TLSV1", "TLSV13", "SSL_TLS"};
    private static final String RECEIVED = "TlsFatalAlertReceived";
    private static final String RAISED = "TlsFatalAlert";

    final boolean received;
    final int description;

    private ExceptionAlert(boolean received, int description) {
        this.received = received;
        this.description = description;
    }

    /** The alert that an exception or one of its causes names; null when none does. */
    static @Nullable ExceptionAlert of(Throwable thrown) {
        Throwable at = thrown;
        for (int links = 0; at != null && links < MOST_LINKS; links++) {
            ExceptionAlert found = in(at);
            if (found != null) {
                return found;
            }
            at = at.getCause();
        }
        return null;
    }

    private static @Nullable ExceptionAlert in(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null) {
            return null;
        }
        String type = thrown.getClass().getSimpleName();
        if (type.equals(RECEIVED) || type.equals(RAISED)) {
            AlertDescription named = beginning(message.toUpperCase(Locale.ROOT));
            return named == null ? null : new ExceptionAlert(type.equals(RECEIVED), named.number());
        }
        String reason = message.toUpperCase(Locale.ROOT).replace(' ', '_').replace('/', '_');
        for (String prefix : OPENSSL_PREFIXES) {
            int found = reason.indexOf(prefix + OPENSSL);
            if (found >= 0) {
                AlertDescription named = beginning(reason.substring(found + prefix.length() + OPENSSL.length()));
                return named == null ? null : new ExceptionAlert(true, named.number());
            }
        }
        return null;
    }

    /** The alert whose name a text begins with; the longest, since one name may begin another. */
    private static @Nullable AlertDescription beginning(String text) {
        AlertDescription longest = null;
        for (AlertDescription alert : AlertDescription.values()) {
            if (text.startsWith(alert.name())
                    && (longest == null
                            || alert.name().length() > longest.name().length())) {
                longest = alert;
            }
        }
        return longest;
    }
}
