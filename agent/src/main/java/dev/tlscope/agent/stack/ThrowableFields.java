package dev.tlscope.agent.stack;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateRevokedException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes exceptions into events. */
public final class ThrowableFields {
    private static final int MOST_LINKS = 10;
    private static final int MOST_FRAMES = 60;

    private ThrowableFields() {}

    /**
     * Writes an exception, its causes, and the stack of the innermost one into an event.
     *
     * @param named false to write only the stack, of an exception that the agent created to get it
     */
    public static Event put(Event event, Throwable thrown, boolean named) {
        Throwable innermost = thrown;
        int links = 0;
        for (Throwable at = thrown; at != null && links < MOST_LINKS; at = at.getCause()) {
            if (named) {
                event.put(Field.EXCEPTION, at.getClass().getName() + message(at));
            }
            if (at.getClass() == CertPathValidatorException.class) {
                validation(event, (CertPathValidatorException) at);
            }
            if (at.getClass() == CertificateRevokedException.class) {
                revocation(event, (CertificateRevokedException) at);
            }
            innermost = at;
            links++;
        }
        return putFrames(event, innermost.getStackTrace(), MOST_FRAMES);
    }

    /** Writes a stack into an event, innermost frame first, without our own frames, which begin with the Tap. */
    public static Event putFrames(Event event, StackTraceElement[] stack, int most) {
        int frames = 0;
        for (StackTraceElement frame : stack) {
            if (!frame.getClassName().startsWith("dev.tlscope.agent.")
                    && !frame.getClassName().contains(".ssl.TlscopeTap")
                    && frames++ < most) {
                event.put(Field.FRAME, frame.toString());
            }
        }
        return event;
    }

    /** True when the exception itself, and not only its cause, was thrown by one of these methods of an InputRecord. */
    public static boolean cameThrough(@Nullable Throwable thrown, Set<String> methods) {
        if (thrown == null || thrown.getClass().getClassLoader() != null) {
            return false;
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().endsWith("InputRecord") && methods.contains(frame.getMethodName())) {
                return true;
            }
        }
        return false;
    }

    private static void validation(Event event, CertPathValidatorException thrown) {
        CertPathValidatorException.Reason reason = thrown.getReason();
        // The JDK's own reasons are enums; any other one would run the application's code.
        if (reason instanceof Enum) {
            event.put(Field.VALIDATION_REASON, ((Enum<?>) reason).name());
        }
        if (thrown.getIndex() >= 0) {
            event.put(Field.VALIDATION_INDEX, thrown.getIndex());
        }
    }

    @SuppressWarnings("JavaUtilDate") // java.security.cert has it in its API
    private static void revocation(Event event, CertificateRevokedException thrown) {
        event.put(Field.REVOCATION_REASON, thrown.getRevocationReason().name())
                .put(Field.REVOCATION_DATE, thrown.getRevocationDate().getTime());
        if (thrown.getAuthorityName() != null) {
            event.put(Field.REVOCATION_AUTHORITY, thrown.getAuthorityName().getName());
        }
    }

    /** Catches everything, because getMessage may be the application's code. */
    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : ": " + message;
        } catch (RuntimeException e) {
            return "";
        }
    }
}
