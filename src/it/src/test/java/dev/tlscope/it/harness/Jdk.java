package dev.tlscope.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JDKs that the suite runs on: those below the directory in the variable TLSCOPE_JDKS, and this build's own. */
public record Jdk(int version, Path home) {

    private static final List<Integer> REQUIRED = List.of(8, 11, 17, 21, 25, 26);

    /** This build's own JDK. */
    public static Jdk current() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /** One JDK per version, lowest first. */
    public static List<Jdk> all() {
        List<Jdk> found = new ArrayList<>();
        String directory = System.getenv("TLSCOPE_JDKS");
        if (directory != null) {
            for (int version = 8; version <= 40; version++) {
                find(Path.of(directory), version).ifPresent(found::add);
            }
        }
        if (found.stream().noneMatch(jdk -> jdk.version == current().version)) {
            found.add(current());
        }
        if (System.getProperty("tlscope.matrix", "off").equals("required")) {
            List<Integer> missing = new ArrayList<>(REQUIRED);
            found.forEach(jdk -> missing.remove((Integer) jdk.version));
            if (!missing.isEmpty()) {
                throw new IllegalStateException("the matrix lacks JDK " + missing + ": set TLSCOPE_JDKS");
            }
        }
        return found;
    }

    Path java() {
        return home.resolve("bin/java");
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }

    private static java.util.Optional<Jdk> find(Path directory, int version) {
        Path root = directory.resolve("jdk-" + version + "/usr/lib/jvm");
        if (!Files.isDirectory(root)) {
            return java.util.Optional.empty();
        }
        try (Stream<Path> homes = Files.list(root)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/javac")) && !Files.isSymbolicLink(home))
                    .findFirst()
                    .map(home -> new Jdk(version, home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
