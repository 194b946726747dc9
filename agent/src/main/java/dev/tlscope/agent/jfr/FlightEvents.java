package dev.tlscope.agent.jfr;

import dev.tlscope.agent.listen.ClassWatch;
import dev.tlscope.agent.outcome.OutcomeName;
import dev.tlscope.agent.outcome.OutcomeReport;
import java.lang.reflect.Method;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * tlscope.Handshake, tlscope.HandshakeFailure and tlscope.CertificatePath in the JVM's recordings. Nothing of JFR is loaded before
 * somebody else has started its flight recorder. Writer's thread; application's threads read {@link #wantsCompleted()} alone.
 */
public final class FlightEvents {
    private static final String PACKAGE = "dev.tlscope.event.";
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final ClassWatch watch;
    private final List<Class<?>> classes = new ArrayList<>();
    private @Nullable Method getEventType;
    private @Nullable Method isEnabled;
    private boolean tried;
    private volatile boolean handshakes;
    private volatile boolean failures;
    private volatile boolean paths;
    private volatile @Nullable String error;

    public FlightEvents(ClassWatch watch) {
        this.watch = watch;
    }

    /** Whether a recording asks for completed handshakes. */
    public boolean wantsCompleted() {
        return handshakes || paths;
    }

    /** Why there are no events though there is a recorder; null when there are. */
    public @Nullable String error() {
        return error;
    }

    /** Looks whether a recording asks for our events. */
    public void tick() {
        if (classes.isEmpty() && !tried && watch.isLoaded(ClassWatch.FLIGHT_RECORDER)) {
            register();
        }
        if (!classes.isEmpty()) {
            handshakes = isEnabled(0);
            failures = isEnabled(1);
            paths = isEnabled(2);
        }
    }

    /** A handshake ended. */
    public void ended(OutcomeReport report) {
        tick();
        if (report.failed() ? failures : handshakes) {
            commit(report.failed() ? 1 : 0, values(report));
        }
        if (paths) {
            List<X509Certificate> chain = report.chain();
            for (int i = 0; i < chain.size(); i++) {
                commit(2, certificate(report, i, chain.get(i)));
            }
        }
    }

    /** The agent is detached: JFR forgets the event types. */
    public void end() throws ReflectiveOperationException {
        handshakes = false;
        failures = false;
        paths = false;
        if (!classes.isEmpty()) {
            Class<?> event = Class.forName("jdk.jfr.Event");
            Method unregister = Class.forName("jdk.jfr.FlightRecorder").getMethod("unregister", Class.class);
            for (Class<?> each : classes) {
                unregister.invoke(null, each.asSubclass(event));
            }
            classes.clear();
        }
    }

    static EventShape[] shapes() {
        return new EventShape[] {
            new EventShape("tlscope.Handshake", "TLS Handshake", "A TLS handshake completed").outcome(false),
            new EventShape("tlscope.HandshakeFailure", "TLS Handshake Failure", "A TLS handshake failed").outcome(true),
            new EventShape(
                            "tlscope.CertificatePath",
                            "TLS Certificate Path",
                            "One certificate of the path that the peer sent in a handshake, completed or failed")
                    .number(OutcomeName.CONNECTION.jfr(), OutcomeName.CONNECTION.description())
                    .text(OutcomeName.ROLE.jfr(), OutcomeName.ROLE.description())
                    .text(OutcomeName.SERVER_ADDRESS.jfr(), OutcomeName.SERVER_ADDRESS.description())
                    .number("position", "place in the path as sent, 0 is the peer's own certificate")
                    .text("subject", "RFC 2253")
                    .text("issuer", "RFC 2253")
                    .text("serialNumber", "hexadecimal")
                    .time("notBefore", "not valid before")
                    .time("notAfter", "not valid after")
                    .text("keyAlgorithm", "as JCA names it")
                    .number("keySize", "bits; 0 when not known")
                    .text("signatureAlgorithm", "as JCA names it")
                    .text("sha256Fingerprint", "of the certificate, hexadecimal")
        };
    }

    private void register() {
        tried = true;
        try {
            Class<?> recorder = Class.forName("jdk.jfr.FlightRecorder");
            Class<?> event = Class.forName("jdk.jfr.Event");
            Class<?> type = Class.forName("jdk.jfr.EventType");
            getEventType = type.getMethod("getEventType", Class.class);
            isEnabled = type.getMethod("isEnabled");
            Method register = recorder.getMethod("register", Class.class);
            EventLoader loader = new EventLoader();
            for (EventShape shape : shapes()) {
                String name = PACKAGE + shape.name.substring(shape.name.indexOf('.') + 1);
                Class<?> made = loader.define(name, EventClassFile.of(name, shape));
                register.invoke(null, made.asSubclass(event));
                classes.add(made);
            }
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            error = "no JFR events: " + e;
        }
    }

    private boolean isEnabled(int index) {
        Method type = getEventType;
        Method enabled = isEnabled;
        try {
            return type != null && enabled != null && (Boolean) enabled.invoke(type.invoke(null, classes.get(index)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            error = "no JFR events: " + e;
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private void commit(int index, Object[] values) {
        try {
            ((Consumer<Object>) classes.get(index).getDeclaredConstructor().newInstance()).accept(values);
        } catch (ReflectiveOperationException | RuntimeException e) {
            error = "no JFR events: " + e;
        }
    }

    private static Object[] values(OutcomeReport report) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(report.startNanos() / NANOS_PER_MILLI);
        values.add(report.endNanos() - report.startNanos());
        for (OutcomeName name : OutcomeName.values()) {
            if (EventShape.has(report.failed(), name)) {
                Object value = report.values().get(name);
                values.add(value != null ? value : absent(name));
            }
        }
        return values.toArray(new Object[0]);
    }

    private static @Nullable Object absent(OutcomeName name) {
        switch (name.kind()) {
            case NUMBER:
                return 0L;
            case FLAG:
                return false;
            default:
                return null;
        }
    }

    @SuppressWarnings("JavaUtilDate") // X509Certificate has it in its API
    private static Object[] certificate(OutcomeReport report, int position, X509Certificate certificate) {
        return new Object[] {
            report.values().get(OutcomeName.CONNECTION),
            report.text(OutcomeName.ROLE),
            report.text(OutcomeName.SERVER_ADDRESS),
            (long) position,
            certificate.getSubjectX500Principal().getName(),
            certificate.getIssuerX500Principal().getName(),
            certificate.getSerialNumber().toString(16),
            certificate.getNotBefore().getTime(),
            certificate.getNotAfter().getTime(),
            certificate.getPublicKey().getAlgorithm(),
            keySize(certificate),
            certificate.getSigAlgName(),
            fingerprint(certificate)
        };
    }

    private static long keySize(X509Certificate certificate) {
        Object key = certificate.getPublicKey();
        if (key instanceof RSAKey) {
            return ((RSAKey) key).getModulus().bitLength();
        }
        if (key instanceof ECKey) {
            return ((ECKey) key).getParams().getOrder().bitLength();
        }
        return key instanceof DSAKey && ((DSAKey) key).getParams() != null
                ? ((DSAKey) key).getParams().getP().bitLength()
                : 0;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            StringBuilder hex = new StringBuilder(64);
            for (byte b : MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())) {
                hex.append(String.format(Locale.ROOT, "%02x", b));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            return "";
        }
    }
}
