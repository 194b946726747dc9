package dev.tlscope.analyzer.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The text file beside a golden capture: for each family a headline, the findings, and a digest of the unmasked text.
 */
final class GoldenExpectations {
    /** The family of warnings about the JVM. */
    private static final String JVM = "JVM";

    private static final String HEAD = "# ";
    private static final int DIGEST_BYTES = 4;

    /**
     * The contents of the files, by capture and family, read once because PIT creates the tests again for each of them.
     */
    private static final Map<String, Map<String, String>> READ = new ConcurrentHashMap<>();

    private GoldenExpectations() {}

    /** The families of the capture, and the JVM. */
    static List<String> families(GoldenCapture capture) {
        List<String> families = new ArrayList<>(capture.families());
        families.add(JVM);
        return families;
    }

    /** The findings of a family, as in the file. */
    static String told(GoldenCapture capture, String family) {
        if (family.equals(JVM)) {
            return GoldenMask.of(GoldenText.ofWarnings(capture.warnings()));
        }
        List<GoldenCapture.CapturedHandshake> connections = capture.connections(family);
        String all = GoldenText.of(connections);
        return GoldenText.masked(connections) + "digest of the text without masks: " + digest(all) + "\n\n";
    }

    /** The contents of the file, by family. */
    static Map<String, String> of(String name) {
        return READ.computeIfAbsent(name, GoldenExpectations::read);
    }

    private static Map<String, String> read(String name) {
        Map<String, String> families = new LinkedHashMap<>();
        Path file = file(name);
        if (Files.exists(file)) {
            for (String section : text(file).split("(?m)^" + HEAD, -1)) {
                int head = section.indexOf('\n');
                if (head >= 0) {
                    families.put(section.substring(0, head), section.substring(head + 1));
                }
            }
        }
        return families;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(GoldenCapture capture) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String family : families(capture)) {
            all.append(HEAD).append(family).append('\n').append(told(capture, family));
        }
        Files.writeString(file(capture.name()), all);
    }

    private static Path file(String name) {
        return GoldenCapture.DIRECTORY.resolve(name + ".txt");
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
