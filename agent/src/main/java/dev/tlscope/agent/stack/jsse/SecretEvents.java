package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.JsseSecrets;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The only class that copies a secret: into a SECRET event, which overwrites its copy when it is written or dropped.
 * Called only with secrets=on.
 */
final class SecretEvents {
    private SecretEvents() {}

    /** Records a key and the provider that computed it; records nothing without a key. */
    static void add(
            Connection connection,
            String label,
            @Nullable String base,
            byte @Nullable [] transcriptHash,
            @Nullable Object maker,
            @Nullable Object key) {
        if (key != null) {
            Event event = event(connection, label, key)
                    .put(Field.BASE, base)
                    .put(Field.TRANSCRIPT_HASH, transcriptHash == null ? null : transcriptHash.clone());
            connection.add(ProviderOf.put(event, maker));
        }
    }

    /** A SECRET event; it has no bytes when the key stays in its device (PKCS#11). */
    static Event event(Connection connection, String label, @Nullable Object key) {
        Event event = connection
                .event(EventType.SECRET)
                .put(Field.LABEL, label)
                .put(Field.CLIENT_RANDOM, connection.clientRandom());
        return withBytes(event, key);
    }

    /** The event with a copy of the bytes of a key, an IV or an array. */
    static Event withBytes(Event event, @Nullable Object secret) {
        if (secret instanceof SecretKey) {
            return event.put(Field.BYTES, encoded((SecretKey) secret));
        } else if (secret instanceof IvParameterSpec) {
            return event.put(Field.BYTES, ((IvParameterSpec) secret).getIV());
        }
        return secret instanceof byte[] ? event.put(Field.BYTES, ((byte[]) secret).clone()) : event;
    }

    /**
     * The JDK's keys return a copy. A key of another provider, or of a subclass of the JDK's, may return the array that it
     * uses, which must not be overwritten.
     */
    private static byte @Nullable [] encoded(SecretKey key) {
        if (key.getClass().getName().equals("sun.security.ssl.Hybrid$SecretKeyImpl")) {
            return joined(JsseSecrets.hybridPart(key, true), JsseSecrets.hybridPart(key, false));
        }
        byte[] bytes = key.getEncoded();
        boolean copied = key.getClass() == SecretKeySpec.class || key.getClass().getClassLoader() == null;
        return bytes == null || copied ? bytes : bytes.clone();
    }

    /** The two secrets of a hybrid, concatenated as they enter HKDF-Extract; the combined key has no encoding. */
    private static byte @Nullable [] joined(@Nullable SecretKey first, @Nullable SecretKey second) {
        byte[] head = first == null ? null : encoded(first);
        byte[] tail = second == null ? null : encoded(second);
        if (head == null || tail == null) {
            return null;
        }
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        Arrays.fill(head, (byte) 0);
        Arrays.fill(tail, (byte) 0);
        return both;
    }
}
