package dev.tlscope.it.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of all modules. */
final class Sources {
    private static final Path ROOT = Path.of("..", "..");

    private static final List<String> MODULES = List.of("capture", "analyzer", "agent", "demo-app", "src/it");

    private Sources() {}

    /** The roots of Java packages: main and test of each module that has them. */
    static List<Path> roots() {
        List<Path> roots = new ArrayList<>();
        for (String module : MODULES) {
            List<Path> found = Stream.of("main", "test")
                    .map(root -> ROOT.resolve(module).resolve(Path.of("src", root, "java")))
                    .filter(Files::isDirectory)
                    .toList();
            // if a module has none, this class looks in the wrong directory
            assertThat(found).as(module).isNotEmpty();
            roots.addAll(found);
        }
        return roots;
    }

    /** All source files below a root. */
    static List<Path> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
