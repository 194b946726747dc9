package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attach, status and detach on a running service that performed handshakes before. */
class AttachTest {
    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachesDetachesAndAttachesAgain(Jdk jdk) {
        Bench bench = new Bench(directory);
        try (ForkedJvm service = bench.service(jdk, dynamicLoading(jdk))) {
            Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            String pid = "" + service.pid();

            Bench.Ran attached =
                    bench.succeed(jdk, "attach", pid, "--out", bench.out().toString(), "--keep", "all");
            assertThat(attached.out()).startsWith("attached to " + pid + " dev.tlscope.demo.DemoService");
            assertThat(bench.succeed(jdk, "list").out().lines())
                    .anyMatch(line -> line.strip().startsWith(pid) && line.contains("attached"));
            Bench.call(service, "orders TLSv1.2", "ok TLSv1.2");
            Bench.call(service, "payments TLSv1.3", "ok TLSv1.3");
            Bench.Ran again = bench.cli(jdk, "attach", pid, "--out", bench.out().toString());
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("is attached already");

            String status = bench.succeed(jdk, "status", pid).out();
            assertThat(status).containsPattern("handshakes completed +4\n").containsPattern("events dropped +0\n");
            assertThat(status).containsPattern("internal errors +0\n").containsPattern("hooks +[0-9]+ woven");
            assertThat(status).doesNotContain("refused");

            assertThat(bench.succeed(jdk, "detach", pid).out()).startsWith("detached from " + pid);
            assertThat(bench.cli(jdk, "status", pid).err()).contains("tlscope is not attached to " + pid);
            Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");

            bench.succeed(jdk, "attach", pid, "--out", bench.out().toString(), "--keep", "failures");
            service.say("fault key-mismatch on");
            assertThat(service.nextLine()).isEqualTo("fault key-mismatch on");
            Bench.call(service, "legacy TLSv1.3", "failed ");
            bench.succeed(jdk, "detach", pid);
            assertThat(bench.captures()).hasSize(2);
            assertThat(bench.succeed(Jdk.current(), "explain", bench.out().toString())
                            .out())
                    .contains("key-mismatch (certain)")
                    .contains("2 failed connections. ");
            assertThat(service.err()).isEmpty();
        }
    }

    /** The attach API of JDK 8 cannot read what a later JVM says of an agent that it has loaded, and the other way round. */
    @Test
    void theClientsJavaNeedNotBeTheTargets() {
        Jdk first = Jdk.all().get(0);
        Jdk last = Jdk.all().get(Jdk.all().size() - 1);
        for (List<Jdk> pair : List.of(List.of(first, last), List.of(last, first))) {
            Bench bench = new Bench(directory);
            try (ForkedJvm service = bench.service(pair.get(1), List.of())) {
                String pid = "" + service.pid();
                assertThat(bench.succeed(pair.get(0), "attach", pid, "--out", "" + bench.out())
                                .out())
                        .startsWith("attached to " + pid);
                bench.succeed(pair.get(0), "detach", pid);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*,TLSv1.2,socket",
        "*,TLSv1.3,socket",
        "*,TLSv1.2,engine",
        "*,TLSv1.3,engine",
        "dispatch,TLSv1.3,socket"
    })
    void aThrowablePlantedInHooksHarmsNothing(String hook, String protocol, String transport) {
        Bench bench = new Bench(directory);
        String[] agent = {bench.agent("secrets=on,keep=all,records=all,quiet=true"), "-Dtlscope.test.throw=" + hook};
        Scenario.Ran ran = new Scenario(bench, Jdk.current())
                .serverJvm(agent)
                .clientJvm(agent)
                .server("--transport", transport)
                .client("--transport", transport, "--protocols", protocol)
                .handshakes(12)
                .run();
        assertThat(ran.clientOut().lines()).hasSize(12).allMatch(line -> line.startsWith("ok " + protocol));
        assertThat(ran.serverErr()).isEmpty();
        assertThat(ran.clientErr()).isEmpty();
    }

    @Test
    void aPlantedThrowableShowsInStatus() {
        Bench bench = new Bench(directory);
        List<String> jvm = List.of(bench.agent("quiet=true"), "-Dtlscope.test.throw=dispatch");
        try (ForkedJvm service = bench.service(Jdk.current(), jvm)) {
            for (int i = 0; i < 4; i++) {
                Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            }
            assertThat(bench.succeed(Jdk.current(), "status", "" + service.pid())
                            .out())
                    .contains("disarmed after 8 failures")
                    .contains("planted by a test");
        }
    }

    /** Suppresses the JVM's own notice of an attach; JDK 8 and 11 have no such flag. */
    private static List<String> dynamicLoading(Jdk jdk) {
        return jdk.version() >= 17 ? List.of("-XX:+EnableDynamicAgentLoading") : List.of();
    }
}
