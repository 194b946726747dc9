package dev.tlscope.analyzer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs Jazzer on the readers of hostile bytes, in its own JVM with little memory: first the corpus in src/it, which
 * keeps every finding, then a fixed number of inputs derived from it, always the same. Runs in CI; elsewhere, or for
 * more runs, use {@code -Dtlscope.fuzz.runs=1000000}, and another {@code -Dtlscope.fuzz.seed}.
 */
class JazzerTest {
    private static final Path CORPUS =
            Path.of("..", "src", "it", "corpus").toAbsolutePath().normalize();
    private static final int MOST_SECONDS_OF_ONE_INPUT = 20;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"CaptureTarget, capture, 500, 65536", "MessageTarget, message, 5000, 8192"})
    void nothingIsThrownHangsOrNeedsMuchMemory(String target, String corpus, String runs, String length)
            throws Exception {
        Assumptions.assumeTrue(
                System.getenv("CI") != null || System.getProperty("tlscope.fuzz.runs") != null,
                "skipped: set CI=true, or -Dtlscope.fuzz.runs=N");
        Path seeds = CORPUS.resolve(corpus);
        try (var files = Files.list(seeds)) {
            assertThat(files).as("seeds in " + seeds).isNotEmpty();
        }
        Path found = Files.createDirectory(directory.resolve("found"));
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=dev.tlscope.analyzer.fuzz." + target,
                "--instrumentation_includes=dev.tlscope.**",
                "--custom_hook_excludes=**",
                "--disabled_hooks=.*",
                "--keep_going=1",
                "-runs=" + System.getProperty("tlscope.fuzz.runs", runs),
                "-seed=" + System.getProperty("tlscope.fuzz.seed", "1"),
                "-max_len=" + length,
                "-timeout=" + MOST_SECONDS_OF_ONE_INPUT,
                "-artifact_prefix=" + directory + "/",
                found.toString(),
                seeds.toString()));
        Process jazzer = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exitCode = jazzer.waitFor();
        String said = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        assertThat(exitCode).as(said).isZero();
        assertThat(said).contains("Done ").doesNotContain("== Java Exception");
    }
}
