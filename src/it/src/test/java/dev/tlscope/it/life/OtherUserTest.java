package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attaching to another user's JVM: it is refused with a hint, or root does it and leaves no file owned by root. */
class OtherUserTest {
    private static final String OTHER = "nobody";

    private Path shared;

    @BeforeEach
    void beRoot() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "needs root and setpriv (util-linux) to start a process of another user");
        shared = Files.createTempDirectory("tlscope-other-user-");
        SharedDirectory.fill(shared);
    }

    @AfterEach
    void deleteShared() throws IOException {
        if (shared != null) {
            SharedDirectory.delete(shared);
        }
    }

    @Test
    void isRefusedWithTheCommandThatWorks() {
        try (ForkedJvm service = ForkedJvm.start(Jdk.current(), shared, demoService())) {
            service.lineThatBegins("ready ");
            try (ForkedJvm cli = ForkedJvm.startAs(OTHER, Jdk.current(), shared, cli("attach", "" + service.pid()))) {
                assertThat(cli.exitCode()).isEqualTo(1);
                assertThat(cli.err().lines())
                        .hasSize(1)
                        .allMatch(line -> line.contains("belongs to user root") && line.contains("sudo -u root"));
            }
            assertThat(service.err()).isEmpty();
        }
    }

    @Test
    void capturesThatCannotBeReadAreToldWithTheirOwner() throws IOException {
        Path captures = Files.createDirectory(shared.resolve("captures"));
        Path capture = Files.createFile(captures.resolve("a.pcapng"));
        for (Path closed : List.of(capture, captures)) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
            for (List<String> command : List.of(
                    cli("explain", captures.toString()),
                    cli("explain", capture.toString()),
                    cli("export", "--to", "json", captures.toString()))) {
                try (ForkedJvm cli = ForkedJvm.startAs(OTHER, Jdk.current(), shared, command)) {
                    assertThat(cli.exitCode()).isEqualTo(1);
                    assertThat(cli.err().lines())
                            .hasSize(1)
                            .allMatch(line -> line.contains(" cannot be read: permission denied; ")
                                    && line.endsWith(" belongs to root: run tlscope as that user, or with sudo"));
                }
            }
        }
        try (ForkedJvm cli = ForkedJvm.startAs(OTHER, Jdk.current(), shared, cli("watch", captures.toString()))) {
            assertThat(cli.exitCode()).isEqualTo(1);
            assertThat(cli.err().lines()).hasSize(1).allMatch(line -> line.contains("permission denied; it belongs"));
        }
    }

    @Test
    void worksForRootAndTheCaptureIsTheOtherUsers() throws IOException {
        Path out = shared.resolve("captures");
        try (ForkedJvm service = ForkedJvm.startAs(OTHER, Jdk.current(), shared, demoService())) {
            service.lineThatBegins("ready ");
            ended(cli("attach", "" + service.pid(), "--out", out.toString(), "--keep", "all"));
            Bench.call(service, "orders TLSv1.3", "ok ");
            ended(cli("detach", "" + service.pid()));
            try (Stream<Path> files = Files.list(out)) {
                assertThat(files.toList()).as("capture and lock").hasSize(2).allSatisfy(file -> {
                    assertThat(Files.getOwner(file).getName()).isEqualTo(OTHER);
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                });
            }
        }
    }

    private void ended(List<String> arguments) {
        try (ForkedJvm cli = ForkedJvm.start(Jdk.current(), shared, arguments)) {
            assertThat(cli.exitCode()).as(cli.err()).isZero();
        }
    }

    private List<String> demoService() {
        return List.of(
                "-Djava.io.tmpdir=" + shared,
                "-cp",
                shared.resolve("demo.jar").toString(),
                "dev.tlscope.demo.DemoService",
                "--clients",
                "0");
    }

    private List<String> cli(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("-jar", shared.resolve("tlscope.jar").toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }
}
