package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only an attach loads the agent, of which JDK 21 and later print a notice; other ways to load it; Javas that lack what that takes. */
class QuietControlTest {
    private static final String NOTICE = "A Java agent has been loaded dynamically";

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theAgentIsLoadedOnceForAll(Jdk jdk) {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(jdk, List.of())) {
            String pid = "" + service.pid();
            bench.succeed(jdk, "attach", pid, "--out", "" + bench.out());
            String heard = service.err();
            assertThat(heard.lines().filter(line -> line.contains(NOTICE))).hasSize(jdk.version() >= 21 ? 1 : 0);
            assertThat(bench.succeed(jdk, "list").out()).contains("attached, ");
            for (int i = 0; i < 2; i++) {
                Bench.Ran status = bench.succeed(jdk, "status", pid);
                assertThat(status.out()).containsPattern("internal errors +0\n");
                assertThat(status.err()).isEmpty();
            }
            assertThat(bench.succeed(jdk, "detach", pid).out()).contains(" handshakes completed, ");
            assertThat(service.err()).isEqualTo(heard);
            assertThat(bench.out().toFile().list()).isEmpty();

            bench.succeed(Jdk.current(), "explain", pid, "--for", "1s", "--out", "" + bench.out());
            assertThat(service.err().lines().filter(line -> line.contains(NOTICE)))
                    .as("explain adds the notice of one attach at most, HotSpot's of a second load")
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    /** A client that was killed leaves its files, and the next one waits, then takes over. */
    @Test
    void anAbandonedQuestionStopsNobody() throws IOException {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(Jdk.current(), List.of())) {
            String pid = "" + service.pid();
            bench.succeed(Jdk.current(), "attach", pid, "--out", "" + bench.out(), "--keep", "all");
            Bench.call(service, "orders TLSv1.3", "ok ");
            bench.succeed(Jdk.current(), "status", pid);
            String capture = bench.captures().get(0).getFileName().toString();
            String prefix = "." + capture.substring(0, capture.lastIndexOf('-') + 1);
            Files.createFile(bench.out().resolve(prefix + "answer"));
            Files.createFile(bench.out().resolve(prefix + "new"));
            Files.writeString(bench.out().resolve(prefix + "ask"), "attach");
            assertThat(bench.succeed(Jdk.current(), "detach", pid).out()).startsWith("detached from " + pid);
            assertThat(bench.out().toFile().list()).containsExactlyInAnyOrder(capture, ".tlscope-lock");
            assertThat(service.err()).isEmpty();
        }
    }

    @Test
    void jcmdLoadsItToo() throws IOException, InterruptedException {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        try (ForkedJvm service = bench.service(jdk, List.of())) {
            String pid = "" + service.pid();
            jcmd(jdk, pid, "JVMTI.agent_load", "" + Bench.TLSCOPE, "\"out=" + bench.out() + ",keep=none\"");
            assertThat(service.err()).contains("tlscope: not attached: option keep has no value 'none'");
            jcmd(jdk, pid, "JVMTI.agent_load", "" + Bench.TLSCOPE, "\"out=" + bench.out() + ",keep=all\"");
            assertThat(service.err()).contains(": capturing TLS to " + bench.out());
            Bench.call(service, "orders TLSv1.3", "ok ");
            bench.succeed(jdk, "detach", pid);
            assertThat(bench.captures()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void javaToolOptionsLoadsItToo(Jdk jdk) {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.serviceWith(jdk, "JAVA_TOOL_OPTIONS", bench.agent("keep=all"))) {
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(service.err()).contains("Picked up JAVA_TOOL_OPTIONS").contains(": capturing TLS to");
            bench.succeed(jdk, "detach", "" + service.pid());
            assertThat(bench.captures()).hasSize(1);
        }
    }

    @Test
    void aRuntimeWithoutJdkModulesAttaches() throws IOException, InterruptedException {
        Bench bench = new Bench(directory);
        Jdk jre = linked("jre", "java.base,java.logging,java.management,java.instrument");
        try (ForkedJvm service = bench.service(Jdk.current(), List.of())) {
            String pid = "" + service.pid();
            assertThat(bench.succeed(jre, "list").out()).contains(pid);
            bench.succeed(jre, "attach", pid, "--out", "" + bench.out());
            bench.succeed(jre, "detach", pid);
        }
    }

    @Test
    void aTargetWithoutJavaInstrumentIsTold() throws IOException, InterruptedException {
        Bench bench = new Bench(directory);
        Jdk image = linked("image", "java.base,java.logging,java.management,java.naming,jdk.crypto.ec");
        try (ForkedJvm service = bench.service(image, List.of())) {
            Bench.Ran attach = bench.cli(Jdk.current(), "attach", "" + service.pid(), "--out", "" + bench.out());
            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.err())
                    .contains("was built without the module java.instrument")
                    .contains("jlink --add-modules");
            assertThat(bench.out()).doesNotExist();
            Bench.call(service, "orders TLSv1.3", "ok ");
        }
    }

    @Test
    void variablesOfTheClientAreTheTargets() {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(Jdk.current(), List.of());
                ForkedJvm cli = ForkedJvm.startBy(
                        List.of("env", "TLSCOPE_KEEP=all"),
                        Jdk.current(),
                        directory,
                        List.of("-jar", "" + Bench.TLSCOPE, "attach", "" + service.pid(), "--out", "" + bench.out()))) {
            assertThat(cli.exitCode()).isZero();
            assertThat(cli.err()).contains("TLSCOPE_KEEP is ignored here").contains("use --keep");
            assertThat(cli.out()).contains("capturing failed handshakes");
        }
    }

    private Jdk linked(String name, String modules) throws IOException, InterruptedException {
        Path home = directory.resolve(name);
        Process jlink = new ProcessBuilder(
                        Jdk.current().home().resolve("bin/jlink").toString(),
                        "--add-modules",
                        modules,
                        "--output",
                        home.toString())
                .inheritIO()
                .start();
        assertThat(jlink.waitFor()).isZero();
        return new Jdk(Jdk.current().version(), home);
    }

    private static void jcmd(Jdk jdk, String... arguments) throws IOException, InterruptedException {
        java.util.List<String> command =
                new java.util.ArrayList<>(List.of(jdk.home().resolve("bin/jcmd").toString()));
        command.addAll(List.of(arguments));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(out).isZero();
    }
}
