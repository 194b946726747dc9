package dev.tlscope.it.raw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;

/** Something that JSSE refuses: how a raw peer provokes it, in which role of JSSE and in which versions. */
final class RefusalCase {
    private final String name;
    private final boolean client;
    private final Script script;
    private final List<TlsVersion> versions = new ArrayList<>();
    private boolean engines;
    private Consumer<SSLParameters> settings = parameters -> {};

    /** A raw peer's actions, step by step. An IOException only means that JSSE had ended before the script did. */
    interface Script {
        void play(RefusalStage stage) throws Exception;
    }

    /** @param client the role of JSSE */
    RefusalCase(String name, boolean client, Script script) {
        this.name = name;
        this.client = client;
        this.script = script;
    }

    RefusalCase in(TlsVersion... more) {
        versions.addAll(Arrays.asList(more));
        return this;
    }

    /** For a refusal of an SSLEngine only, which checks a record's header before it has the record. */
    RefusalCase overEngines() {
        engines = true;
        return this;
    }

    boolean isPlayedOverSockets() {
        return !engines;
    }

    /** Sets JSSE's configuration, beyond the versions. */
    RefusalCase with(Consumer<SSLParameters> more) {
        settings = settings.andThen(more);
        return this;
    }

    String name() {
        return name;
    }

    boolean isClient() {
        return client;
    }

    Script script() {
        return script;
    }

    List<TlsVersion> versions() {
        return Collections.unmodifiableList(versions);
    }

    Consumer<SSLParameters> settings() {
        return settings;
    }
}
