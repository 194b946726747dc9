package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture consists of many files, each readable by itself, and does not exceed its disk limit. */
class RotationTest {
    private static final int CONNECTIONS = 30;
    private static final int ROTATE = 64 << 10;

    /** Far more than one connection adds to a file that has reached its size. */
    private static final int ONE_MORE = 64 << 10;

    @TempDir
    private Path directory;

    @Test
    void everyConnectionIsWholeInOneFile() throws IOException {
        Bench bench = capture("keep=all,secrets=on,quiet=true,files=0,rotate=" + ROTATE);
        assertThat(bench.captures()).hasSizeGreaterThan(3);
        List<Long> connections = new ArrayList<>();
        for (Path file : bench.captures()) {
            assertThat(Files.size(file)).as(file.toString()).isLessThan(ROTATE + ONE_MORE);
            for (Handshake handshake : handshakes(file)) {
                connections.add(handshake.connection());
                assertThat(handshake.messages().get(0).name()).isEqualTo("ClientHello");
                assertThat(handshake.completed())
                        .as(file + " " + handshake.connection())
                        .isTrue();
            }
        }
        assertThat(connections).hasSize(CONNECTIONS).doesNotHaveDuplicates();
    }

    @Test
    void theOldestFilesGo() throws IOException {
        Bench bench = capture("keep=all,quiet=true,files=2,rotate=64k");
        List<Long> connections = new ArrayList<>();
        for (Path file : bench.captures()) {
            handshakes(file).forEach(handshake -> connections.add(handshake.connection()));
        }
        assertThat(bench.captures()).hasSize(2);
        assertThat(connections)
                .doesNotHaveDuplicates()
                .contains((long) CONNECTIONS)
                .doesNotContain(1L);
    }

    private Bench capture(String options) {
        Bench bench = new Bench(directory);
        Scenario.Ran ran = new Scenario(bench, Jdk.current())
                .handshakes(CONNECTIONS)
                .serverJvm(bench.agent(options))
                .run();
        assertThat(ran.clientOut().lines()).hasSize(CONNECTIONS).allMatch(line -> line.startsWith("ok "));
        assertThat(ran.serverErr()).isEmpty();
        return bench;
    }

    private static List<Handshake> handshakes(Path file) throws IOException {
        List<Handshake> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            Handshakes handshakes = new Handshakes(file, found::add);
            CaptureReader.read(in, handshakes);
            handshakes.end();
        }
        return found;
    }
}
