package dev.tlscope.it.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A simple name means one type. Types nested in different classes may have the same name, because they are written with
 * their class's; none has the name of a class with its own file.
 */
class SimpleNamesTest {
    @Test
    void everySimpleNameIsOneType() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path root : Sources.roots()) {
            sources.addAll(Sources.below(root));
        }
        Names names = new Names();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            task.parse().forEach(unit -> names.scan(unit, null));
        }
        assertThat(names.topLevel).isNotEmpty();
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
