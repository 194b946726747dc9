package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.lang.reflect.Method;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider and the algorithm of the JCA object that computed a secret. Private loader, application's threads,
 * only with secrets=on.
 */
final class ProviderOf {
    private static final JdkField HKDF_MAC = new JdkField("hmacObj");

    private ProviderOf() {}

    /** Writes PROVIDER and ALGORITHM, if the object exposes them. */
    static Event put(Event event, @Nullable Object service) {
        if (service instanceof KeyGenerator) {
            KeyGenerator generator = (KeyGenerator) service;
            put(event, generator.getProvider(), generator.getAlgorithm());
        } else if (service instanceof KeyAgreement) {
            KeyAgreement agreement = (KeyAgreement) service;
            put(event, agreement.getProvider(), agreement.getAlgorithm());
        } else if (service instanceof Cipher) {
            Cipher cipher = (Cipher) service;
            put(event, cipher.getProvider(), cipher.getAlgorithm());
        } else if (service != null && service.getClass().getName().equals("sun.security.ssl.HKDF")) {
            Object mac = HKDF_MAC.get(service);
            if (mac instanceof Mac) {
                put(event, ((Mac) mac).getProvider(), ((Mac) mac).getAlgorithm());
            }
        } else if (service != null && service.getClass().getName().equals("javax.crypto.KDF")) {
            event.put(Field.PROVIDER, call(service, "getProviderName"))
                    .put(Field.ALGORITHM, call(service, "getAlgorithm"));
        } else if (service != null && service.getClass().getName().startsWith("javax.crypto.KEM$")) {
            event.put(Field.PROVIDER, call(service, "providerName"));
        }
        return event;
    }

    private static void put(Event event, @Nullable Provider provider, @Nullable String algorithm) {
        event.put(Field.PROVIDER, provider == null ? null : provider.getName()).put(Field.ALGORITHM, algorithm);
    }

    /** Calls a public method of a JDK class that Java 8 lacks. */
    private static @Nullable String call(Object service, String method) {
        try {
            Method found = service.getClass().getMethod(method);
            return (String) found.invoke(service);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
