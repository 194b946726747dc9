package dev.tlscope.agent.jsse;

import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.weave.HookTable;

/** All hooks of JSSE with the code that handles them. Each class of Taps declares its own. */
public final class JsseHooks {
    /** The class that is loaded once SSLEngines are in use. */
    public static final String ENGINE = JsseNames.ENGINE;

    private JsseHooks() {}

    /**
     * Adds them to a table.
     *
     * @param secrets whether secrets are captured
     * @param scope which wire records are captured
     * @param connectionMade called for each connection that is made
     * @param engineMade called for each SSLEngine that is made
     */
    public static void declare(
            HookTable table,
            Recorder recorder,
            KeyPairCheck pairs,
            ConfigurationBook book,
            boolean secrets,
            RecordScope scope,
            Runnable connectionMade,
            Runnable engineMade) {
        ConnectionTaps connections = new ConnectionTaps(recorder, book, connectionMade, engineMade);
        EngineSockets sockets = new EngineSockets();
        AddressTaps addresses = new AddressTaps(connections, sockets);
        CipherTaps ciphers = new CipherTaps();
        ReceivedRecordTaps received = new ReceivedRecordTaps(connections, scope, ciphers);
        ProofTaps proofs = new ProofTaps(connections, secrets);
        FailureEvents failures = new FailureEvents(connections, recorder);
        PremasterTaps premasters = new PremasterTaps(connections);
        ClosureTaps closures = new ClosureTaps(connections, failures);

        connections.declare(table);
        new MessageTaps(connections, addresses, recorder, received, proofs).declare(table);
        new FailureTaps(connections, failures, received, premasters).declare(table);
        closures.declare(table);
        ciphers.declare(table);
        received.declare(table);
        new SentRecordTaps(connections, scope, ciphers).declare(table);
        new DatagramTaps(connections, scope).declare(table);
        new ForeignRecordTaps(connections, scope).declare(table);
        new KeyTaps(connections, pairs).declare(table);
        premasters.declare(table);
        new KeyStoreTaps(recorder).declare(table);
        proofs.declare(table);
        new SecretTaps(connections, recorder).declare(table);
        new KeyExchangeTaps(connections).declare(table);
        new SocketTaps(sockets, addresses, closures).declare(table);
    }
}
