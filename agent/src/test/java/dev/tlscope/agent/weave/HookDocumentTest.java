package dev.tlscope.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.socket.EngineAddresses;
import dev.tlscope.agent.socket.EngineSockets;
import dev.tlscope.agent.socket.SocketTaps;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.stack.jsse.JsseStack;
import dev.tlscope.agent.stack.provider.ProviderStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares src/it/results/hooks.md with the hook table and the available JDKs, or generates it. */
class HookDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "src", "it", "results", "hooks.md");

    private static final List<TlsStack> STACKS = List.of(new JsseStack(), new ProviderStack());

    private final HookTable table = table();
    private final HookDocument document = new HookDocument(table.hooks());

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(DOCUMENT, made());
        }
    }

    static Stream<Integer> versions() {
        return HookDocument.VERSIONS.stream();
    }

    @ParameterizedTest(name = "JDK {0}")
    @MethodSource("versions")
    void itsColumnIsWhatTheJdkHas(int version) throws IOException {
        try (JdkClasses jdk = classes(version)) {
            assertThat(HookDocument.columns(written()).get(version))
                    .as("src/it/results/hooks.md; mvn -Pdocs verify -pl agent -am makes it")
                    .containsExactlyInAnyOrderEntriesOf(document.column(jdk));
        }
    }

    @ParameterizedTest(name = "JDK {0}")
    @MethodSource("versions")
    void theWeaverWeavesJustThat(int version) {
        try (JdkClasses jdk = classes(version)) {
            WeaveReport report = new WeaveReport(table);
            Weaver weaver = new Weaver("tap.Tap", table, report);
            weaver.take(table.hooks());
            for (String name : weaver.classNames()) {
                jdk.bytes(name).ifPresent(bytes -> weaver.transform(null, name, null, null, bytes));
            }
            Map<String, Boolean> woven = new TreeMap<>();
            report.lines().forEach(line -> woven.put(line.split(" ", 2)[0], line.endsWith(" woven")));
            Map<String, Boolean> told = new TreeMap<>();
            document.column(jdk).forEach((id, cell) -> told.put(id, !cell.startsWith("absent")));
            assertThat(woven).isEqualTo(told);
        }
    }

    /** A lambda that is linked in the target costs its start up to a millisecond: see {@link HookTarget}. */
    @Test
    void theBuildHasCompiledTheTargets() {
        assertThat(table.hooks())
                .as("target/classes as src/build/CompileHookTargets.java leaves them")
                .allSatisfy(hook -> assertThat(hook.target).isInstanceOf(IndexedTarget.class));
    }

    @Test
    void itHasTheTablesRows() throws IOException {
        String made = made();
        assertThat(written().lines())
                .as("src/it/results/hooks.md; mvn -Pdocs verify -pl agent -am makes it")
                .containsExactlyElementsOf(made.lines().toList());
        for (int version : HookDocument.RELEASED) {
            assertThat(HookDocument.columns(made).get(version))
                    .as("JDK %d; put it below TLSCOPE_JDKS: src/build/fetch-jdks.sh DIR %d", version, version)
                    .doesNotContainValue(HookDocument.NOT_CHECKED);
        }
    }

    /** The document from the table and the available JDKs; columns of other JDKs stay unchanged. */
    private static String made() throws IOException {
        HookDocument document = new HookDocument(table().hooks());
        Map<Integer, Map<String, String>> columns = new HashMap<>(HookDocument.columns(written()));
        for (int version : HookDocument.VERSIONS) {
            Optional<JdkClasses> found = JdkClasses.of(version);
            if (found.isPresent()) {
                try (JdkClasses jdk = found.get()) {
                    columns.put(version, document.column(jdk));
                }
            }
        }
        return document.text(columns);
    }

    /** Fails when a row is wrong, which needs no JDK. */
    private static HookTable table() {
        HookTable table = new HookTable();
        Recorder recorder = new Recorder(QueuedEvent::discard, true);
        EngineSockets sockets = new EngineSockets();
        EngineAddresses addresses = new EngineAddresses(sockets);
        Runnable nothing = () -> {};
        try {
            StackContext context = new StackContext(
                    Options.parse("secrets=on", Map.of(), Map.of()),
                    recorder,
                    new NumberedEvents(recorder),
                    new KeyPairCheck(recorder),
                    addresses,
                    (type, kind, provider) -> false,
                    nothing,
                    nothing);
            STACKS.forEach(stack -> stack.declare(table, context));
            new SocketTaps(sockets, addresses).declare(table);
        } catch (OptionException e) {
            throw new IllegalStateException(e);
        }
        return table;
    }

    private static JdkClasses classes(int version) {
        Optional<JdkClasses> found = JdkClasses.of(version);
        assumeTrue(found.isPresent(), "JDK " + version + " is not below TLSCOPE_JDKS");
        return found.orElseThrow();
    }

    private static String written() throws IOException {
        return Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
    }
}
