package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From outside into what a container is made of: a PID namespace, a mount namespace with a /tmp of its own, and a user namespace. The test makes
 * these itself.
 */
class NamespaceTest {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--");
    private static final List<String> OWN_TMP = List.of("sh", "-c", "mount -t tmpfs none /tmp && exec \"$0\" \"$@\"");

    private static final Path DEFAULT_DIRECTORY = Path.of("/tmp/tlscope-captures");

    private Path shared;
    private boolean defaultBefore;

    @BeforeEach
    void makeShared() throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && isPossible(List.of("unshare", "-pmf", "--mount-proc", "true"))
                        && isPossible(with(NOBODY, List.of("unshare", "-Urpmf", "--mount-proc", "true"))),
                "needs root, setpriv and unshare (util-linux), and the right to make namespaces");
        defaultBefore = Files.exists(DEFAULT_DIRECTORY);
        shared = Files.createTempDirectory(Path.of("/var/tmp"), "tlscope-namespace-"); // /tmp is hidden inside
        SharedDirectory.fill(shared);
    }

    private static boolean isPossible(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void deleteShared() throws IOException {
        if (shared != null) {
            SharedDirectory.delete(shared);
        }
    }

    @Test
    void rootExplainsAJvmWithPidsAndFilesOfItsOwn() {
        try (ForkedJvm service = service(List.of("unshare", "-pmf", "--kill-child", "--mount-proc"))) {
            String pid = "" + service.startedPid();
            assertThat(ended(List.of(), "list").out())
                    .containsPattern(
                            pid + " +dev.tlscope.demo.DemoService .*in a" + " container, where its PID is [0-9]");
            service.say("fault key-mismatch on");
            assertThat(service.nextLine()).isEqualTo("fault key-mismatch on");
            try (ForkedJvm explain =
                    ForkedJvm.start(Jdk.current(), shared, cli("explain", pid, "--failures", "1", "--for", "2m"))) {
                awaitLine(explain, "attached to " + pid);
                Bench.call(service, "legacy TLSv1.3", "failed ");
                assertThat(explain.exitCode()).as(explain.err()).isZero();
                assertThat(explain.out()).contains("key-mismatch (certain)");
                assertThat(explain.err()).contains("/proc/" + pid + "/root/tmp/tlscope-captures");
            }
            assertThat(Files.exists(DEFAULT_DIRECTORY))
                    .as("nothing outside is written")
                    .isEqualTo(defaultBefore);
            assertThat(leftIn(pid)).isEmpty();
        }
    }

    @Test
    void rootAttachesToAJvmWithUsersOfItsOwn() {
        try (ForkedJvm service = service(containerOfNobody())) {
            attachesAndDetaches(List.of(), "" + service.startedPid());
        }
    }

    @Test
    void aUserAttachesToAContainerOfItsOwn() {
        try (ForkedJvm service = service(containerOfNobody())) {
            attachesAndDetaches(NOBODY, "" + service.startedPid());
        }
    }

    private void attachesAndDetaches(List<String> as, String pid) {
        assertThat(ended(as, "attach", pid, "--out", "/tmp/captures").out())
                .contains("failed handshakes to /proc/" + pid + "/root/tmp/captures");
        assertThat(ended(as, "status", pid).out())
                .contains("/root/tmp/captures")
                .contains("internal errors        0");
        assertThat(ended(as, "detach", pid).out()).startsWith("detached from " + pid);
        assertThat(leftIn(pid)).isEmpty();
    }

    /** What an attach left in the target's /tmp; the JDK's client may leave an empty .attach_pid. */
    private static List<String> leftIn(String pid) {
        String[] names = new java.io.File("/proc/" + pid + "/root/tmp")
                .list((directory, name) -> name.startsWith("tlscope-") && !name.equals("tlscope-captures"));
        return List.of(names == null ? new String[] {"no /tmp"} : names);
    }

    private static void awaitLine(ForkedJvm jvm, String text) {
        org.awaitility.Awaitility.await(text)
                .atMost(ForkedJvm.PATIENCE)
                .until(() -> jvm.err().contains(text) || !jvm.isAlive());
    }

    private static List<String> containerOfNobody() {
        return with(NOBODY, List.of("unshare", "-Urpmf", "--kill-child", "--mount-proc"));
    }

    private ForkedJvm service(List<String> namespaces) {
        ForkedJvm service = ForkedJvm.startBy(
                with(namespaces, OWN_TMP),
                Jdk.current(),
                shared,
                List.of("-cp", "" + shared.resolve("demo.jar"), "dev.tlscope.demo.DemoService", "--clients", "0"));
        try {
            service.lineThatBegins("ready ");
            return service;
        } catch (AssertionError e) {
            service.close();
            throw e;
        }
    }

    private Bench.Ran ended(List<String> as, String... arguments) {
        try (ForkedJvm cli = ForkedJvm.startBy(as, Jdk.current(), shared, cli(arguments))) {
            assertThat(cli.exitCode()).as(cli.err()).isZero();
            return new Bench.Ran(0, cli.out(), cli.err());
        }
    }

    private List<String> cli(String... arguments) {
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        command.addAll(List.of("-jar", shared.resolve("tlscope.jar").toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static List<String> with(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
