package dev.tlscope.agent.jsse;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection was set up with, written into its FAILURE: nobody asks while all is well. Private loader, on the thread
 * that failed; calls no code of the application.
 */
final class FailureFacts {
    private static final int MOST_ANCHORS = 300;
    private static final int FIRST_CERTIFICATE_ALERT = 42; // bad_certificate
    private static final int LAST_CERTIFICATE_ALERT = 49; // access_denied

    private FailureFacts() {}

    static void put(Event event, Object context, @Nullable Object handshake) {
        putAll(event, Field.ENABLED_PROTOCOL, Jsse.enabledProtocols(context));
        putAll(event, Field.ACTIVE_PROTOCOL, Jsse.activeProtocols(handshake));
        putAll(event, Field.ENABLED_SUITE, Jsse.enabledSuites(context));
        putAll(event, Field.ACTIVE_SUITE, Jsse.activeSuites(handshake));
        for (String protocol : Jsse.applicationProtocols(context)) {
            event.put(Field.LOCAL_ALPN, protocol);
        }
        event.put(Field.IDENTIFICATION, Jsse.identification(context)).put(Field.CLIENT_AUTH, Jsse.clientAuth(context));
        policy(event, "jdk.tls.disabledAlgorithms");
        long alert = event.number(Field.ALERT, -1);
        if (alert >= FIRST_CERTIFICATE_ALERT && alert <= LAST_CERTIFICATE_ALERT) {
            policy(event, "jdk.certpath.disabledAlgorithms");
        }
        if (alert >= FIRST_CERTIFICATE_ALERT) {
            trust(event, context);
        }
    }

    private static void trust(Event event, Object context) {
        Object manager = Jsse.trustManager(context);
        if (manager == null) {
            return;
        }
        event.put(Field.TRUST_MANAGER, manager.getClass().getName());
        Collection<?> anchors = Jsse.anchors(manager);
        if (anchors == null) {
            return;
        }
        event.put(Field.ANCHOR_COUNT, anchors.size());
        int told = 0;
        for (Object anchor : anchors) {
            // JDK's own certificates only: another provider's may be the application's code
            if (told < MOST_ANCHORS
                    && anchor instanceof X509Certificate
                    && anchor.getClass().getClassLoader() == null) {
                event.put(
                        Field.ANCHOR,
                        ((X509Certificate) anchor).getSubjectX500Principal().getName());
                told++;
            }
        }
    }

    private static void policy(Event event, String property) {
        String value = Security.getProperty(property);
        if (value != null) {
            event.put(Field.NAME, property).put(Field.VALUE, value);
        }
    }

    private static void putAll(Event event, Field field, List<String> values) {
        for (String value : values) {
            event.put(field, value);
        }
    }
}
