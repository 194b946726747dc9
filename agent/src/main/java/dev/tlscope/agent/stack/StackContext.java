package dev.tlscope.agent.stack;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.socket.EngineAddresses;

/** What a stack's hooks record into, and the options that they follow. One for each attach. */
public final class StackContext {
    /** The setting that a hook needs which serves secrets alone. */
    public static final String SECRETS_ON = Option.SECRETS.key() + "=" + Options.ON;

    public final Recorder recorder;
    public final NumberedEvents numbered;
    public final KeyPairCheck pairs;
    public final EngineAddresses addresses;

    /** Whether secrets are captured. */
    public final boolean secrets;

    /** Which wire records are captured. */
    public final RecordScope records;

    private final Runnable connectionMade;
    private final Runnable engineMade;

    /**
     * Called once for each attach.
     *
     * @param connectionMade run for each connection that is made
     * @param engineMade run for each SSLEngine that is made
     */
    public StackContext(
            Options options,
            Recorder recorder,
            NumberedEvents numbered,
            KeyPairCheck pairs,
            EngineAddresses addresses,
            Runnable connectionMade,
            Runnable engineMade) {
        this.secrets = options.secrets();
        this.records = options.records();
        this.recorder = recorder;
        this.numbered = numbered;
        this.pairs = pairs;
        this.addresses = addresses;
        this.connectionMade = connectionMade;
        this.engineMade = engineMade;
    }

    /** A stack calls this on the thread that makes a connection, before the connection's first message. */
    public void connectionMade() {
        connectionMade.run();
    }

    /** A stack calls this on the thread that makes an SSLEngine: engines need their sockets found. */
    public void engineMade() {
        engineMade.run();
    }
}
