package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.stack.jsse.JsseNames.X509;
import static dev.tlscope.agent.stack.jsse.JsseNames.X509_11;
import static dev.tlscope.agent.weave.Hook.Where.AFTER_CALL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.CALL_RESULT;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records the key types and authorities that JSSE asks the key manager for, the alias that it returns, and the private
 * key and chain that JSSE uses.
 */
final class KeyTaps {
    private final ConnectionTaps connections;
    private final KeyPairCheck pairs;

    KeyTaps(ConnectionTaps connections, KeyPairCheck pairs) {
        this.connections = connections;
        this.pairs = pairs;
    }

    void declare(HookTable table) {
        HookTarget chosen = (a, b, c, d, e) -> chosen(a, b, (Principal[]) c, (String) d);
        HookTarget alias = (a, b, c, d, e) -> aliasChosen(a, (String) b);
        HookTarget possession = (a, b, c, d, e) -> possession(a, b);
        for (String owner : new String[] {X509, X509_11}) {
            String keyTypes = owner.equals(X509) ? "[" + STRING : STRING;
            for (String side : new String[] {"Server", "Client"}) {
                String id = side.toLowerCase(Locale.ROOT);
                String create = "create" + side + "Possession";
                String descriptor = JsseNames.possession(side, keyTypes);
                table.on(owner, create, AFTER_CALL, descriptor)
                        .inside("getPrivateKey")
                        .named(id + "-alias")
                        .pass(arg(0), callArg(0))
                        .to(alias);
                table.on(owner, create, EXIT, descriptor)
                        .named(id + "-possession")
                        .pass(arg(0), RESULT)
                        .to(possession);
                table.on(owner, create, AFTER_CALL, descriptor)
                        .inside("choose" + side + "Alias")
                        .named(id + "-choice")
                        .pass(arg(0), callArg(0), callArg(1), CALL_RESULT)
                        .to(chosen);
                table.on(owner, create, AFTER_CALL, descriptor)
                        .inside("chooseEngine" + side + "Alias")
                        .named("engine-" + id + "-choice")
                        .pass(arg(0), callArg(0), callArg(1), CALL_RESULT)
                        .to(chosen);
            }
        }
    }

    /**
     * Called when the key manager returned an alias.
     *
     * @param keyTypes a String, or an array of Strings
     * @param alias null when no key fits
     */
    private void chosen(Object handshake, Object keyTypes, Principal @Nullable [] issuers, @Nullable String alias) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            Event event = connection.event(EventType.KEY_CHOICE).put(Field.ALIAS, alias);
            for (String keyType :
                    keyTypes instanceof String[] ? (String[]) keyTypes : new String[] {(String) keyTypes}) {
                event.put(Field.KEY_TYPE, keyType);
            }
            connection.add(new KeyChoiceEvent(event, issuers));
        }
    }

    /** X509ExtendedKeyManager.getPrivateKey returned. */
    private void aliasChosen(Object handshake, @Nullable String alias) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection != null) {
            connection.alias(alias);
        }
    }

    /** X509Authentication.create(Server|Client)Possession returned; the possession is null when no key fits. */
    private void possession(Object handshake, @Nullable Object possession) {
        Connection connection = connections.ofHandshake(handshake);
        if (connection == null || possession == null) {
            return;
        }
        PrivateKey key = Jsse.privateKey(possession);
        X509Certificate[] chain = Jsse.certificates(possession);
        if (key != null && chain != null && chain.length > 0) {
            pairs.add(connection, key, chain, connection.alias());
        }
    }
}
