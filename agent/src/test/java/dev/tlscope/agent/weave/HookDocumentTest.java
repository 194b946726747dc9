package dev.tlscope.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tlscope.agent.jsse.JsseHooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps src/docs/hooks.md what the table and the JDKs at hand are. */
class HookDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "src", "docs", "hooks.md");
    private static final Path MADE = Path.of("target", "hooks.md");

    private final HookDocument document = new HookDocument(JsseHooks.ALL);

    static Stream<Integer> versions() {
        return HookDocument.VERSIONS.stream();
    }

    @ParameterizedTest(name = "JDK {0}")
    @MethodSource("versions")
    void itsColumnIsWhatTheJdkHas(int version) throws IOException {
        try (JdkClasses jdk = classes(version)) {
            assertThat(HookDocument.columns(written()).get(version))
                    .as("src/docs/hooks.md: compare with agent/target/hooks.md, which this test writes")
                    .isEqualTo(document.column(jdk));
        }
    }

    @ParameterizedTest(name = "JDK {0}")
    @MethodSource("versions")
    void theWeaverWeavesJustThat(int version) {
        try (JdkClasses jdk = classes(version)) {
            WeaveReport report = new WeaveReport(JsseHooks.ALL);
            Weaver weaver = new Weaver("tap/Tap", "tap/IoTap", JsseHooks.ALL, report);
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

    @Test
    void itHasTheTablesRows() throws IOException {
        Map<Integer, Map<String, String>> columns = new HashMap<>(HookDocument.columns(written()));
        for (int version : HookDocument.VERSIONS) {
            Optional<JdkClasses> found = JdkClasses.of(version);
            if (found.isPresent()) {
                try (JdkClasses jdk = found.get()) {
                    columns.put(version, document.column(jdk));
                }
            }
        }
        String made = document.text(columns);
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, made);
        assertThat(written()).as("cp agent/target/hooks.md src/docs/hooks.md").isEqualTo(made);
        assertThat(List.of(made.split("\n")))
                .as("a JDK not yet checked")
                .noneMatch(line -> line.contains("not checked"));
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
