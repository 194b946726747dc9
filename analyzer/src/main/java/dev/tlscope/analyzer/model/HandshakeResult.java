package dev.tlscope.analyzer.model;

import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.capture.TransportFailure;
import dev.tlscope.tls.AlertDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a handshake, and the connection after it, ended.
 *
 * @param completed true when the handshake completed
 * @param failure FAILURE event; if present, the outcome is failed
 * @param ending how a completed connection ended; null for close_notify, and when not known
 */
public record HandshakeResult(
        boolean completed,
        @Nullable Event failure,
        @Nullable ConnectionEnding ending) {
    /** What the JDK's checks of a chain throw. */
    private static final List<String> CHAIN_EXCEPTIONS = List.of(
            "java.security.cert.CertificateException",
            "java.security.cert.CertificateExpiredException",
            "java.security.cert.CertificateNotYetValidException",
            "java.security.cert.CertPathValidatorException",
            "sun.security.validator.ValidatorException");

    public boolean failed() {
        return failure != null;
    }

    /** failed, completed or unfinished. */
    public String outcome() {
        return failed() ? "failed" : completed ? "completed" : "unfinished";
    }

    /** True when an alert of the peer ended it. */
    public boolean alertReceived() {
        return failure != null && failure.isReceived();
    }

    /** True when this JVM ended it with one of these alerts, or with any alert if none is given. */
    public boolean raised(AlertDescription... alerts) {
        return failure != null && !alertReceived() && isOneOf(alerts);
    }

    /** True when the peer ended it with one of these alerts. */
    public boolean received(AlertDescription... alerts) {
        return alertReceived() && isOneOf(alerts);
    }

    /** True when one of these alerts ended it, whichever side raised it. */
    public boolean endedBy(AlertDescription... alerts) {
        return failure != null && isOneOf(alerts);
    }

    /** True when this JVM ended it with an alert about a certificate (RFC 8446, 6.2). */
    public boolean raisedAboutCertificate() {
        return failure != null && !alertReceived() && isAboutCertificate();
    }

    /** True when the peer ended it with an alert about a certificate. */
    public boolean receivedAboutCertificate() {
        return alertReceived() && isAboutCertificate();
    }

    /** The failure's alert; null without a failure or alert, or when its number is not registered. */
    public @Nullable AlertDescription alertDescription() {
        return alert() < 0 ? null : AlertDescription.of(alert());
    }

    /** The number of the failure's alert; -1 without a failure or alert. */
    public int alert() {
        return failure == null ? -1 : (int) failure.number(Field.ALERT, -1);
    }

    /** True when the exception chain contains that class. */
    public boolean threw(String className) {
        if (failure != null) {
            for (String link : failure.texts(Field.EXCEPTION)) {
                if (TransportFailure.isOf(link, className)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * True when the exception chain of the connection itself contains that class; exceptions of a connection that a
     * trust manager opened to check revocation do not count.
     */
    public boolean transportThrew(String className) {
        return failure != null && TransportFailure.threw(failure, className);
    }

    /**
     * True when the peer's stream ended while a record was read. A truncated certificate or name causes the same
     * exception, which does not concern the connection.
     */
    public boolean streamEnded() {
        return failure != null && TransportFailure.streamEnded(failure);
    }

    /** True when the peer's stream ended while JSSE was in a handshake, the first or a later one: SSLSocketImpl.handleEOF. */
    public boolean streamEndedInHandshake() {
        return cameThrough("SSLSocketImpl.handleEOF(")
                && failure != null
                && failure.texts(Field.EXCEPTION).stream()
                        .anyMatch(link -> link.endsWith("Remote host terminated the handshake"));
    }

    /** True when a stack frame of the failure is in a class whose name contains this. */
    public boolean cameThrough(String name) {
        for (String frame : frames()) {
            if (frame.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The stack of the failure, innermost frame first; empty without a failure or a captured stack. */
    public List<String> frames() {
        return failure == null ? List.of() : failure.texts(Field.FRAME);
    }

    /** True when the failure came before that time. */
    public boolean hadFailed(long nanos) {
        return failure != null && failure.timeNanos() < nanos;
    }

    /** Where no alert was captured, because another provider sent it encrypted, by the JDK's exception. */
    private boolean isAboutCertificate() {
        AlertDescription description = alertDescription();
        return alert() < 0
                ? CHAIN_EXCEPTIONS.stream().anyMatch(this::threw)
                : description != null && description.isAboutCertificate();
    }

    private boolean isOneOf(AlertDescription... alerts) {
        AlertDescription description = alertDescription();
        return alerts.length == 0 || (description != null && List.of(alerts).contains(description));
    }
}
