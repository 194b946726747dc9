package dev.tlscope.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Wireshark's dissector, without a key file, and with the one preference that the README recommends. */
public final class Tshark {
    /** Without it, a connection whose port belongs to another protocol is dissected as that protocol; the kernel chooses the ports. */
    private static final String HEURISTIC_FIRST = "tcp.try_heuristic_first:TRUE";

    private Tshark() {}

    /** Runs {@code tshark -r FILE ARGUMENTS} and returns its standard output. */
    public static String read(Path file, String... arguments) {
        List<String> command = new ArrayList<>(List.of("tshark", "-o", HEURISTIC_FIRST, "-r", file.toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** Counts the packets that match a display filter. */
    public static long count(Path file, String filter) {
        return read(file, "-Y", filter, "-T", "fields", "-e", "frame.number")
                .lines()
                .count();
    }

    /** Returns each packet's values of these fields, with one run of tshark. */
    public static List<Map<String, List<String>>> fields(Path file, String... names) {
        List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
        for (String name : names) {
            arguments.addAll(List.of("-e", name));
        }
        List<Map<String, List<String>>> packets = new ArrayList<>();
        for (String line : read(file, arguments.toArray(new String[0])).lines().toList()) {
            String[] columns = line.split("\t", -1);
            Map<String, List<String>> packet = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                packet.put(names[i], columns[i].isEmpty() ? List.of() : List.of(columns[i].split(",", -1)));
            }
            packets.add(packet);
        }
        return packets;
    }

    /** Runs another program. Skips the test, naming the program, if it is not installed. */
    public static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out;
        } catch (IOException e) {
            if (System.getProperty("tlscope.matrix", "off").equals("required")) {
                throw new UncheckedIOException(e);
            }
            Assumptions.abort("skipped: " + command.get(0) + " is not installed");
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
