package dev.tlscope.it.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A simple name means one type. Types nested in different classes may have the same name, for they are written with their
 * class's; none has the name of a class that has a file of its own.
 */
class SimpleNamesTest {
    private static final Path ROOT = Path.of("..", "..");

    private static final List<String> MODULES = List.of("capture", "analyzer", "agent", "demo-app", "src/it");

    @Test
    void everySimpleNameIsOneType() throws IOException {
        List<Path> sources = sources();
        Names names = new Names();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            task.parse().forEach(unit -> names.scan(unit, null));
        }
        assertThat(names.topLevel).hasSizeGreaterThan(MODULES.size());
        List<String> twice = new ArrayList<>();
        names.topLevel.forEach((name, places) -> {
            List<String> all = new ArrayList<>(places);
            all.addAll(names.nested.getOrDefault(name, List.of()));
            if (all.size() > 1) {
                twice.add(name + ": " + String.join(", ", all));
            }
        });
        assertThat(twice).isEmpty();
    }

    /** Of each module; a module that is missed here is one whose sources are not where this test looks for them. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            for (String root : List.of("main", "test")) {
                Path directory = ROOT.resolve(module).resolve(Path.of("src", root, "java"));
                if (Files.isDirectory(directory)) {
                    try (Stream<Path> files = Files.walk(directory)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
            assertThat(sources).as(module).anyMatch(file -> file.startsWith(ROOT.resolve(module)));
        }
        return sources;
    }

    private static final class Names extends TreeScanner<Void, String> {
        final Map<String, List<String>> topLevel = new TreeMap<>();
        final Map<String, List<String>> nested = new TreeMap<>();

        @Override
        public Void visitCompilationUnit(CompilationUnitTree unit, String outer) {
            String name =
                    unit.getPackageName() == null ? "" : unit.getPackageName().toString();
            return super.visitCompilationUnit(unit, name);
        }

        /** The outer name is a package's, in lower case, or a class's. */
        @Override
        public Void visitClass(ClassTree type, String outer) {
            String name = type.getSimpleName().toString();
            if (name.isEmpty()) {
                return super.visitClass(type, outer); // an anonymous class
            }
            String last = outer.substring(outer.lastIndexOf('.') + 1);
            boolean inPackage = last.equals(last.toLowerCase(Locale.ROOT));
            (inPackage ? topLevel : nested)
                    .computeIfAbsent(name, it -> new ArrayList<>())
                    .add(outer + "." + name);
            return super.visitClass(type, outer + "." + name);
        }
    }
}
