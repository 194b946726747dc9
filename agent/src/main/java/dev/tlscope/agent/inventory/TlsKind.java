package dev.tlscope.agent.inventory;

import java.lang.reflect.Modifier;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What a class of a TLS implementation is, by the class of javax.net.ssl that it extends. */
public enum TlsKind {
    ENGINE("engine", SSLEngine.class),
    SOCKET("socket", SSLSocket.class),
    CONTEXT("context", SSLContextSpi.class);

    private final String text;
    private final Class<?> base;

    TlsKind(String text, Class<?> base) {
        this.text = text;
        this.base = base;
    }

    /** The value of Field.TRANSPORT. */
    public String text() {
        return text;
    }

    /** The kind of a class of which there can be objects; null when it is none of these. Loads no class. */
    public static @Nullable TlsKind of(Class<?> type) {
        if (type.isPrimitive() || type.isArray() || type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        for (TlsKind kind : values()) {
            if (kind.base.isAssignableFrom(type)) {
                return kind;
            }
        }
        return null;
    }
}
