package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.analyzer.cli.OfflineCommands;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * explain on captures that were truncated or changed: it reports what it can read, ends with a documented exit code,
 * and never throws.
 */
class HostileCaptureTest {
    private static final long SEED = 20_261_125;
    private static final int CHANGES = 400;
    private static final int VALUES_CHANGED = 10;
    private static final int REARRANGEMENTS = 40;
    private static final int MOST_BYTES_CHANGED = 8;

    private static final int OK = 0;
    private static final int NOT_A_CAPTURE = 1;
    private static final int DAMAGED = 3;

    /** One of each kind of evidence: hellos, chains, key schedules, records that do not decrypt, stacks, sessions. */
    private static final String CELLS =
            "key-mismatch-ec|untrusted-chain|client-certificate-missing|weak-dh|malformed-server-hello"
                    + "|message-too-large-certificate|resumption-binder|internal-trust-manager|lost-alert";

    @TempDir
    private static Path directory;

    /** The capture of all cells, and a capture of each connection, which is faster to explain repeatedly. */
    private static PcapngBlocks whole = new PcapngBlocks(new byte[0]);

    private static final List<PcapngBlocks> PARTS = new ArrayList<>();

    /** A capture. */
    private static final class PcapngBlocks {
        private final byte[] bytes;
        /** Offsets at which its blocks begin, and its length. */
        private final List<Integer> borders = new ArrayList<>();

        PcapngBlocks(byte[] bytes) {
            this.bytes = bytes;
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            for (int at = 0; at < bytes.length; at += buffer.getInt(at + 4)) {
                borders.add(at);
            }
            borders.add(bytes.length);
        }

        int count() {
            return borders.size() - 1;
        }

        int at(int block) {
            return borders.get(block);
        }

        int length(int block) {
            return at(block + 1) - at(block);
        }

        /** A random block other than the section header. */
        int any(Random random) {
            return 2 + random.nextInt(count() - 2);
        }
    }

    /**
     * How a run ended.
     *
     * @param thrown exceptions of the command
     */
    private record Ran(int exitCode, String out, String err, List<Exception> thrown) {}

    @BeforeAll
    static void play() throws IOException {
        Bench bench = new Bench(directory);
        List<String> options = List.of("-Djdk.tls.ephemeralDHKeySize=1024", bench.agent("quiet=true,secrets=on"));
        try (ForkedJvm jvm = bench.program(Jdk.current(), options, "cells.CauseCells", CELLS)) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
        }
        Path capture = bench.captures().get(0);
        whole = new PcapngBlocks(Files.readAllBytes(capture));
        SortedSet<Long> connections = new TreeSet<>();
        CaptureReader.read(capture, event -> connections.add(event.connection()));
        connections.remove(0L);
        for (long connection : connections) {
            Path part = directory.resolve(connection + ".pcapng");
            Bench.Ran ran = InProcessCommand.run(
                    "export",
                    "--to=pcapng",
                    "--secrets",
                    "--connection=" + connection,
                    "--output=" + part,
                    capture.toString());
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            PARTS.add(new PcapngBlocks(Files.readAllBytes(part)));
        }
        assertThat(PARTS).hasSizeGreaterThan(15);
    }

    @Test
    void cutOffAtEveryBlock() throws IOException {
        for (PcapngBlocks part : PARTS) {
            for (int border : part.borders.subList(1, part.borders.size())) {
                check(explain(Arrays.copyOf(part.bytes, border)), "cut at the border " + border, OK, DAMAGED);
            }
        }
    }

    @Test
    void cutOffWithinEveryBlock() throws IOException {
        Random random = new Random(SEED);
        for (PcapngBlocks part : PARTS) {
            for (int block = 1; block < part.count(); block++) {
                int cut = part.at(block) + 1 + random.nextInt(part.length(block) - 1);
                check(explain(Arrays.copyOf(part.bytes, cut)), "cut at " + cut, DAMAGED);
            }
        }
    }

    @Test
    void changedBytes() throws IOException {
        Random random = new Random(SEED);
        for (int run = 0; run < CHANGES; run++) {
            byte[] changed = any(random).bytes.clone();
            for (int i = 1 + random.nextInt(MOST_BYTES_CHANGED); i > 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            check(explain(changed), "change " + run, OK, DAMAGED, NOT_A_CAPTURE);
        }
    }

    /** Changes bytes only in the contents of blocks, so that the reader passes them all to the causes. */
    @Test
    void changedValues() throws IOException {
        Random random = new Random(SEED + 1);
        for (int run = 0; run < CHANGES; run++) {
            PcapngBlocks part = any(random);
            byte[] changed = part.bytes.clone();
            for (int i = 0; i < VALUES_CHANGED; i++) {
                int block = part.any(random);
                // after the block's header, the event's and the first field's
                int from = part.at(block) + 8 + 20 + 8;
                int to = part.at(block + 1) - 4;
                if (from < to) {
                    changed[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            check(explain(changed), "values " + run, OK, DAMAGED);
        }
    }

    @Test
    void blocksLostRepeatedAndOutOfOrder() throws IOException {
        Random random = new Random(SEED + 2);
        for (int run = 0; run < REARRANGEMENTS; run++) {
            ByteBuffer rearranged = ByteBuffer.allocate(3 * whole.bytes.length);
            for (int block = 0; block < whole.count(); block++) {
                int other = block < 2 || random.nextInt(20) > 0 ? block : whole.any(random);
                int times = block < 2 || random.nextInt(20) > 0 ? 1 : random.nextInt(3);
                int length = whole.length(other);
                for (int time = 0; time < times && rearranged.remaining() >= length; time++) {
                    rearranged.put(whole.bytes, whole.at(other), length);
                }
            }
            byte[] bytes = Arrays.copyOf(rearranged.array(), rearranged.position());
            check(explain(bytes), "order " + run, OK, DAMAGED);
        }
    }

    private static PcapngBlocks any(Random random) {
        return PARTS.get(random.nextInt(PARTS.size()));
    }

    /** Explains in text and JSON alternately. */
    private static Ran explain(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("hostile.pcapng"), bytes);
        boolean json = bytes.length % 2 == 0;
        Object command = new OfflineCommands()
                .apply(name -> Map.of(), OutputStream.nullOutputStream()).stream()
                        .filter(it -> new CommandLine(it).getCommandName().equals("explain"))
                        .findFirst()
                        .orElseThrow();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<Exception> thrown = new ArrayList<>();
        CommandLine line = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((exception, at, parsed) -> {
                    thrown.add(exception);
                    return NOT_A_CAPTURE;
                });
        int exitCode = line.execute("--all", "--format", json ? "json" : "text", file.toString());
        if (json && thrown.isEmpty()) {
            JsonNode read = new ObjectMapper().readTree(out.toString());
            assertThat(read.isArray()).isTrue();
        }
        return new Ran(exitCode, out.toString(), err.toString(), thrown);
    }

    private static void check(Ran ran, String what, Integer... exitCodes) {
        assertThat(ran.thrown).as(what).isEmpty();
        assertThat(ran.exitCode).as(what + ": " + ran.err).isIn((Object[]) exitCodes);
        if (ran.exitCode == OK) {
            assertThat(ran.err.lines().toList()).as(what).allMatch(line -> line.contains("events that this version"));
        } else {
            assertThat(ran.err.lines().toList())
                    .as(what + ": a line for each bad file")
                    .hasSize(1);
        }
    }
}
