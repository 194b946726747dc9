package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.CALL_RESULT;
import static dev.tlscope.agent.weave.Value.argument;
import static dev.tlscope.agent.weave.Value.callArgument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.List;

/** Where JSSE asks the key manager for an alias: with which key types and authorities, and what it answers. */
final class KeyChoiceHooks {
    private static final int FIRST = 66;
    private static final int LAST = 73;

    private static final String L = "Lsun/security/ssl/";
    private static final String POSSESSION = ")" + L + "SSLPossession;";

    private KeyChoiceHooks() {}

    static boolean owns(int hook) {
        return hook >= FIRST && hook <= LAST;
    }

    static void add(List<Hook> table) {
        String x509 = "sun/security/ssl/X509Authentication";
        add(table, FIRST, x509, "[Ljava/lang/String;");
        // Up to JDK 11 the generator asks for one key type after the other.
        add(table, FIRST + 4, x509 + "$X509PossessionGenerator", "Ljava/lang/String;");
    }

    private static void add(List<Hook> table, int first, String owner, String keyTypes) {
        String client = "(" + L + "ClientHandshakeContext;" + keyTypes + POSSESSION;
        String server = "(" + L + "ServerHandshakeContext;" + keyTypes + POSSESSION;
        table.add(choice(first, "client-choice", owner, "createClientPossession", client, "chooseClientAlias"));
        table.add(choice(
                first + 1, "engine-client-choice", owner, "createClientPossession", client, "chooseEngineClientAlias"));
        table.add(choice(first + 2, "server-choice", owner, "createServerPossession", server, "chooseServerAlias"));
        table.add(choice(
                first + 3, "engine-server-choice", owner, "createServerPossession", server, "chooseEngineServerAlias"));
    }

    private static Hook choice(int number, String id, String owner, String method, String descriptor, String call) {
        return Hook.of(number, id, owner, method, Where.AFTER_CALL, descriptor)
                .inside(call)
                .pass(argument(0), callArgument(0), callArgument(1), CALL_RESULT);
    }
}
