package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.DERIVE;
import static dev.tlscope.agent.stack.jsse.JsseNames.DERIVE_25;
import static dev.tlscope.agent.stack.jsse.JsseNames.HANDSHAKE;
import static dev.tlscope.agent.stack.jsse.JsseNames.SECRETS_ON;
import static dev.tlscope.agent.stack.jsse.JsseNames.SECRET_KEY;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.CALL_RECEIVER;
import static dev.tlscope.agent.weave.HookValue.CALL_RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.jsse.TrafficSecrets.TrafficSecret;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseSecrets;
import dev.tlscope.agent.weave.HookRow;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.tls.SecretLabel;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Records TLS 1.3's key schedule, step by step (RFC 8446, 7.1 to 7.3). The hooks are woven only with secrets=on. */
final class SecretTaps {
    private final ConnectionTaps connections;
    private final Recorder recorder;
    private final TrafficSecrets traffic = new TrafficSecrets();

    SecretTaps(ConnectionTaps connections, Recorder recorder) {
        this.connections = connections;
        this.recorder = recorder;
    }

    void declare(HookTable table) {
        String derivation = SSL + "SSLSecretDerivation";
        table.on(derivation, "<init>", EXIT, "(" + HANDSHAKE + SECRET_KEY + ")V")
                .named("derivation-made")
                .onlyWith(SECRETS_ON)
                .pass(THIS, arg(0), arg(1))
                .to((a, b, c, d, e) -> derivationMade(a, b, (SecretKey) c));
        HookTarget derived = (a, b, c, d, e) -> derived(a, (String) b, c, (SecretKey) d);
        made(table, derivation, "deriveKey", DERIVE, "expand")
                .named("secret-derived")
                .to(derived);
        made(table, derivation, "deriveKey", DERIVE_25, "deriveKey")
                .named("secret-derived")
                .to(derived);
        String traffic = SSL + "SSLTrafficKeyDerivation$T13TrafficKeyDerivation";
        table.on(traffic, "<init>", EXIT, "(" + HANDSHAKE + SECRET_KEY + ")V")
                .named("traffic-made")
                .onlyWith(SECRETS_ON)
                .pass(arg(0), arg(1))
                .to((a, b, c, d, e) -> trafficMade(a, b));
        HookTarget trafficDerived = (a, b, c, d, e) -> trafficDerived(a, (String) b, c, d);
        made(table, traffic, "deriveKey", DERIVE, "expand")
                .named("traffic-derived")
                .to(trafficDerived);
        made(table, traffic, "deriveKey", DERIVE_25, "deriveKey")
                .named("traffic-derived")
                .to(trafficDerived);
        made(table, traffic, "deriveData", "(" + STRING + ")[B", "deriveData")
                .named("traffic-data")
                .to(trafficDerived);
    }

    /** A hook at the call of the JCA service that computes the value, which shows the provider. */
    private static HookRow made(HookTable table, String className, String method, String descriptor, String call) {
        return table.on(className, method, AFTER_CALL, descriptor)
                .inside(call)
                .onlyWith(SECRETS_ON)
                .pass(THIS, arg(0), CALL_RECEIVER, CALL_RESULT);
    }

    /** SSLSecretDerivation.&lt;init&gt;: the object has no reference to the connection, so it is linked here. */
    private void derivationMade(Object derivation, Object handshake, @Nullable SecretKey secret) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection == null || secret == null) {
            return;
        }
        connections.link(derivation, Jsse.transportContext(handshake));
        String label = stage(secret);
        // Every Finished creates a new derivation; a secret is recorded only when it is new.
        if (label != null && traffic.get(secret) == null) {
            traffic.put(secret, new TrafficSecret(connection, false, label, TrafficSecret.HANDSHAKE));
            SecretEvents.add(connection, label, null, null, null, secret);
        }
    }

    /** SSLSecretDerivation.deriveKey, under the name that JSSE gives the secret. */
    private void derived(Object derivation, String jsseName, @Nullable Object hkdf, @Nullable SecretKey key) {
        Connection connection = recorder.find(derivation);
        if (connection == null || key == null) {
            return;
        }
        SecretKey from = JsseSecrets.derivationSecret(derivation);
        String base = from == null ? null : stage(from);
        SecretLabel known = SecretLabel.ofJsse(jsseName);
        String label = known != null ? known.name() : label(jsseName);
        boolean overMessages = !jsseName.equals("TlsSaltSecret");
        SecretEvents.add(
                connection, label, base, overMessages ? JsseSecrets.derivationHash(derivation) : null, hkdf, key);
        if (known != null && label.indexOf("TRAFFIC_SECRET") >= 0) {
            int number = label.endsWith("_0") ? 0 : TrafficSecret.HANDSHAKE;
            traffic.put(key, new TrafficSecret(connection, label.startsWith("CLIENT"), label, number));
        }
    }

    /** T13TrafficKeyDerivation.&lt;init&gt;: a KeyUpdate continues from a secret that may be older than the attach. */
    private void trafficMade(Object handshake, @Nullable Object secret) {
        if (secret == null || traffic.get(secret) != null) {
            return;
        }
        Object context = Jsse.transportContext(handshake);
        boolean reads = JsseSecrets.readsWith(context, secret);
        if (context != null && (reads || JsseSecrets.writesWith(context, secret))) {
            boolean client = Jsse.isClient(context) != reads;
            traffic.put(secret, TrafficSecret.joinedLate(connections.of(context), client));
        }
    }

    /** T13TrafficKeyDerivation.deriveKey and deriveData: a write key, an IV, or the traffic secret after a KeyUpdate. */
    private void trafficDerived(Object derivation, String jsseName, @Nullable Object hkdf, @Nullable Object made) {
        Object secret = JsseSecrets.trafficSecret(derivation);
        TrafficSecret from = secret == null ? null : traffic.get(secret);
        if (from == null || made == null) {
            return;
        }
        if (jsseName.equals("TlsUpdateNplus1")) {
            TrafficSecret next = from.next();
            SecretEvents.add(from.connection, next.label, from.label, null, hkdf, made);
            traffic.put(made, next);
        } else {
            String side = from.client ? "client" : "server";
            String part = jsseName.equals("TlsKey") ? "_write_key" : "_write_iv";
            SecretEvents.add(from.connection, side + part, from.label, null, hkdf, made);
        }
    }

    /**
     * The stage of the key schedule that a secret belongs to, which JSSE names as the key's algorithm; null for other
     * keys.
     */
    private static @Nullable String stage(SecretKey secret) {
        switch (String.valueOf(secret.getAlgorithm())) {
            case "TlsEarlySecret":
                return "early_secret";
            case "TlsHandshakeSecret":
                return "handshake_secret";
            case "TlsMasterSecret":
                return "main_secret";
            default:
                return null;
        }
    }

    private static String label(String jsseName) {
        switch (jsseName) {
            case "TlsSaltSecret":
                return "derived_secret";
            case "TlsResumptionMasterSecret":
                return "resumption_secret";
            default:
                return jsseName;
        }
    }
}
