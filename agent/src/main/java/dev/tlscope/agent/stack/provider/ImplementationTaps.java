package dev.tlscope.agent.stack.provider;

import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.inventory.TlsKind;
import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.stack.ClassSightings;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.weave.HookTable;
import org.jspecify.annotations.Nullable;

/**
 * Sees each class with which the JVM does TLS when its first object is made: every SSLEngine and SSLSocket calls a constructor
 * of javax.net.ssl. A JVM that only uses JSSE pays a look-up for each.
 */
final class ImplementationTaps {
    private static final JdkField PROVIDER_NAME = new JdkField("name");

    private final ClassSightings sightings;
    private final ProviderConnections connections;

    ImplementationTaps(StackContext context, ProviderConnections connections) {
        this.sightings = context.sightings;
        this.connections = connections;
    }

    void declare(HookTable table) {
        table.on("javax.net.ssl.SSLEngine", "<init>", EXIT, "()V", "(Ljava/lang/String;I)V")
                .named("any-engine-made")
                .pass(THIS)
                .to((a, b, c, d, e) -> made(a, TlsKind.ENGINE));
        table.on(
                        "javax.net.ssl.SSLSocket",
                        "<init>",
                        EXIT,
                        "()V",
                        "(Ljava/lang/String;I)V",
                        "(Ljava/net/InetAddress;I)V",
                        "(Ljava/lang/String;ILjava/net/InetAddress;I)V",
                        "(Ljava/net/InetAddress;ILjava/net/InetAddress;I)V")
                .named("any-socket-made")
                .pass(THIS)
                .to((a, b, c, d, e) -> made(a, TlsKind.SOCKET));
        table.on(
                        "javax.net.ssl.SSLContext",
                        "<init>",
                        EXIT,
                        "(Ljavax/net/ssl/SSLContextSpi;Ljava/security/Provider;Ljava/lang/String;)V")
                .named("any-context-made")
                .pass(arg(0), arg(1))
                .to((a, b, c, d, e) -> contextMade(a, b));
    }

    private void made(Object object, TlsKind kind) {
        if (sightings.seen(object.getClass(), kind, null)) {
            connections.made(object);
        }
    }

    private void contextMade(@Nullable Object spi, @Nullable Object provider) {
        if (spi != null) {
            Object name = PROVIDER_NAME.get(provider);
            sightings.seen(spi.getClass(), TlsKind.CONTEXT, name instanceof String ? (String) name : null);
        }
    }
}
