package dev.tlscope.agent.stack;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.socket.EngineAddresses;
import java.util.ArrayList;
import java.util.List;

/** The recorder that a stack's hooks write to, and the options that apply. One for each attach. */
public final class StackContext {
    /** The setting without which a hook that only serves secrets is not woven. */
    public static final String SECRETS_ON = Option.SECRETS.key() + "=" + Options.ON;

    public final Recorder recorder;
    public final NumberedEvents numbered;
    public final KeyPairCheck pairs;
    public final EngineAddresses addresses;

    /** Takes note of the classes with which the JVM does TLS. */
    public final ClassSightings sightings;

    /** Whether secrets are captured. */
    public final boolean secrets;

    /** Which wire records are captured. */
    public final RecordScope records;

    private final List<Runnable> endings = new ArrayList<>();
    private final Runnable connectionMade;
    private final Runnable engineMade;

    /**
     * Called once for each attach.
     *
     * @param connectionMade called for each new connection
     * @param engineMade called for each new SSLEngine
     */
    public StackContext(
            Options options,
            Recorder recorder,
            NumberedEvents numbered,
            KeyPairCheck pairs,
            EngineAddresses addresses,
            ClassSightings sightings,
            Runnable connectionMade,
            Runnable engineMade) {
        this.secrets = options.secrets();
        this.records = options.records();
        this.recorder = recorder;
        this.numbered = numbered;
        this.pairs = pairs;
        this.addresses = addresses;
        this.sightings = sightings;
        this.connectionMade = connectionMade;
        this.engineMade = engineMade;
    }

    /** What a stack does when the capture ends, before its hooks are removed. */
    public void atEnd(Runnable action) {
        endings.add(action);
    }

    /** Called once, when the capture ends. */
    public void end() {
        for (Runnable ending : endings) {
            ending.run();
        }
    }

    /** A stack calls this on the thread that creates a connection, before the connection's first message. */
    public void connectionMade() {
        connectionMade.run();
    }

    /** A stack calls this on the thread that creates an SSLEngine, whose socket must be found. */
    public void engineMade() {
        engineMade.run();
    }
}
