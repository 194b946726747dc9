package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a PID to the answer: {@code explain PID}, attachments that end by themselves, and a watch that ends with its attachment. */
class ExplainLiveTest {
    private static final Jdk JDK = Jdk.current();

    @TempDir
    private Path directory;

    @Test
    void attachesExplainsAndDetaches() {
        Bench bench = new Bench(directory);
        Path page = directory.resolve("page.html");
        try (ForkedJvm service = bench.service(JDK, List.of());
                ForkedJvm explain = explain(bench, service, "--failures", "2", "--for", "10m", "-o", page.toString())) {
            fail(service);
            assertThat(explain.exitCode()).as(explain.err()).isZero();
            // client and server are one JVM, and each has its own view of the one fault
            assertThat(explain.out()).contains("1. key-mismatch (", "who must act: this server", "connections: ");
            assertThat(explain.err()).contains("detached from " + service.pid(), "the capture stays: " + bench.out());
            assertThat(page).isNotEmptyFile();
            assertThat(bench.captures()).hasSize(1);
            assertThat(bench.cli(JDK, "status", "" + service.pid()).err()).contains("is not attached");
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(service.err()).isEmpty();
        }
    }

    @Test
    void aSignalEndsItInOrder() throws IOException {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(JDK, List.of());
                ForkedJvm explain = explain(bench, service, "--for", "10m", "--format", "json")) {
            fail(service);
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .until(() -> explain.err().contains("key-mismatch ("));
            explain.terminate();
            explain.exitCode();
            JsonNode problems = new ObjectMapper().readTree(explain.out()).get("problems");
            assertThat(problems).isNotEmpty();
            assertThat(problems.get(0).get("cause").asText()).isEqualTo("key-mismatch");
            assertThat(explain.err()).contains("detached from " + service.pid());
            assertThat(bench.cli(JDK, "status", "" + service.pid()).err()).contains("is not attached");
        }
    }

    /** The attachment of somebody else stays, and its earlier failures are not of this run. */
    @Test
    void usesTheAttachmentThatIsThere() {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(JDK, List.of())) {
            String pid = "" + service.pid();
            bench.succeed(JDK, "attach", pid, "--out", bench.out().toString());
            try (ForkedJvm explain = explain(bench, service, "--for", "1s")) {
                assertThat(explain.exitCode()).as(explain.err()).isZero();
                assertThat(explain.out()).startsWith("no failed handshake");
                assertThat(explain.err()).contains("already").doesNotContain("detached from");
            }
            assertThat(bench.succeed(JDK, "status", pid).out()).contains("handshakes completed");
        }
    }

    @Test
    void anAttachmentWithATimeEndsByItself() {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(JDK, List.of())) {
            String pid = "" + service.pid();
            bench.succeed(JDK, "attach", pid, "--out", bench.out().toString(), "--keep", "all", "--for", "5m");
            Bench.call(service, "orders TLSv1.3", "ok ");
            bench.succeed(JDK, "detach", pid);
            bench.succeed(JDK, "attach", pid, "--out", bench.out().toString(), "--for", "1s");
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .until(() -> bench.cli(JDK, "status", pid).err().contains("is not attached"));
            Bench.call(service, "orders TLSv1.3", "ok ");
            bench.succeed(JDK, "attach", pid, "--out", bench.out().toString());
            bench.succeed(JDK, "detach", pid);
            assertThat(service.err()).isEmpty();
        }
    }

    @Test
    void aWatchEndsWithItsAttachment() {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(JDK, List.of(bench.agent("keep=all")))) {
            String pid = "" + service.pid();
            Bench.call(service, "orders TLSv1.3", "ok ");
            try (ForkedJvm watch = ForkedJvm.start(
                    JDK, directory, List.of("-jar", Bench.TLSCOPE.toString(), "watch", "--format", "json", pid))) {
                Awaitility.await()
                        .atMost(ForkedJvm.PATIENCE)
                        .until(() -> watch.err().contains("watching "));
                Bench.call(service, "payments TLSv1.3", "ok ");
                assertThat(watch.nextLine())
                        .startsWith("{\"kind\":\"handshake\"")
                        .contains("payments.demo.internal");
                bench.succeed(JDK, "detach", pid);
                assertThat(watch.exitCode()).isZero();
                assertThat(watch.err()).contains("tlscope is no longer in " + pid);
            }
        }
    }

    private ForkedJvm explain(Bench bench, ForkedJvm service, String... options) {
        List<String> command = new ArrayList<>(List.of("-jar", Bench.TLSCOPE.toString(), "explain"));
        command.addAll(List.of(options));
        command.addAll(List.of("--out", bench.out().toString(), "" + service.pid()));
        ForkedJvm explain = ForkedJvm.start(JDK, directory, command);
        Awaitility.await().atMost(ForkedJvm.PATIENCE).until(() -> explain.err().contains("Ctrl-C ends it"));
        return explain;
    }

    private static void fail(ForkedJvm service) {
        service.say("fault key-mismatch on");
        service.lineThatBegins("fault ");
        Bench.call(service, "legacy TLSv1.3", "failed ");
    }
}
