package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.weave.HookTable;

/** All hooks of JSSE. Each class of Taps declares its own, beside the code that handles them. */
final class JsseHooks {
    private JsseHooks() {}

    static void declare(HookTable table, StackContext context) {
        ConnectionTaps connections = new ConnectionTaps(context);
        CipherTaps ciphers = new CipherTaps();
        ReceivedRecordTaps received = new ReceivedRecordTaps(connections, context.records, ciphers);
        ProofTaps proofs = new ProofTaps(connections, context.secrets);
        PremasterTaps premasters = new PremasterTaps(connections);

        connections.declare(table);
        new MessageTaps(connections, context, received, proofs).declare(table);
        new FailureTaps(connections, received, premasters).declare(table);
        new ClosureTaps(connections).declare(table);
        PlaintextTaps plaintext = new PlaintextTaps(connections, context);
        plaintext.declare(table);
        RefusedNameTaps refusedNames = new RefusedNameTaps(connections, plaintext, context.recorder);
        refusedNames.declare(table);
        connections.refusedNames(refusedNames);
        ciphers.declare(table);
        received.declare(table);
        new SentRecordTaps(connections, context.records, ciphers).declare(table);
        new DatagramTaps(connections, context.records).declare(table);
        new UnknownRecordTaps(connections, context).declare(table);
        new KeyTaps(connections, context.pairs).declare(table);
        premasters.declare(table);
        new KeyStoreTaps(context.recorder).declare(table);
        new SetUpTaps(context.recorder).declare(table);
        new StoreLoadTaps(context.recorder).declare(table);
        proofs.declare(table);
        new SecretTaps(connections, context.recorder).declare(table);
        new KeyExchangeTaps(connections).declare(table);
    }
}
