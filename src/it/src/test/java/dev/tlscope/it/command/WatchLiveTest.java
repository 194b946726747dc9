package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tlscope watch}: prints the handshakes of a service as they end. */
class WatchLiveTest {
    private static final Jdk JDK = Jdk.current();

    @TempDir
    private Path directory;

    @Test
    void showsEachHandshakeAsItEnds() {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(JDK, List.of(bench.agent("keep=all")))) {
            Bench.call(service, "orders TLSv1.2", "ok ");
            try (ForkedJvm watch = watch("" + service.pid());
                    ForkedJvm failures = watch("--failures", bench.out().toString());
                    ForkedJvm all = watch("--all", bench.out().toString())) {
                // client and server are one JVM
                assertThat(List.of(all.nextLine(), all.nextLine())).allMatch(line -> line.contains("TLSv1.2"));
                service.say("fault key-mismatch on");
                service.lineThatBegins("fault ");
                Bench.call(service, "payments TLSv1.3", "ok ");
                assertThat(List.of(watch.nextLine(), watch.nextLine()))
                        .allMatch(line -> line.contains("TLSv1.3")
                                && line.contains("payments.demo.internal")
                                && line.contains(" ms ")
                                && line.endsWith("completed"));
                Bench.call(service, "legacy TLSv1.3", "failed ");
                for (ForkedJvm one : List.of(watch, failures)) {
                    assertThat(one.nextLine()).contains("failed, ");
                    assertThat(one.nextLine()).startsWith("    key-mismatch (likely): ");
                    assertThat(one.lineThatBegins("    fix: ")).isNotBlank();
                }
                assertThat(failures.out()).doesNotContain("completed");
                assertThat(watch.err() + failures.err() + all.err()).doesNotContain("Exception");
            }
        }
    }

    @Test
    void showsACaptureThatIsMadeLater() {
        Bench bench = new Bench(directory);
        try (ForkedJvm watch = watch(directory.toString())) {
            String agent = "-javaagent:" + Bench.TLSCOPE + "=out=" + directory + ",keep=all,quiet=true";
            try (ForkedJvm service = bench.service(JDK, List.of(agent))) {
                Bench.call(service, "orders TLSv1.3", "ok ");
                assertThat(watch.nextLine()).contains("TLSv1.3").endsWith("completed");
            }
        }
    }

    @Test
    void namesWhatItCannotWatch() {
        Bench bench = new Bench(directory);
        Bench.Ran missing = bench.cli(JDK, "watch", directory.resolve("none").toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err().lines()).hasSize(1).allMatch(line -> line.contains("there is no "));
        try (ForkedJvm service = bench.service(JDK, List.of())) {
            Bench.Ran bare = bench.cli(JDK, "watch", "" + service.pid());
            assertThat(bare.exitCode()).isEqualTo(1);
            assertThat(bare.err().lines()).hasSize(1).allMatch(line -> line.contains("is not attached"));
        }
    }

    private ForkedJvm watch(String... arguments) {
        List<String> command = new ArrayList<>(List.of("-jar", Bench.TLSCOPE.toString(), "watch"));
        command.addAll(List.of(arguments));
        ForkedJvm watch = ForkedJvm.start(JDK, directory, command);
        // Handshakes after this line are new.
        Awaitility.await().atMost(ForkedJvm.PATIENCE).until(() -> watch.err().contains("watching " + directory));
        return watch;
    }
}
