package dev.tlscope.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another agent gets that asks the private loader for a resource. */
class InstLoaderTest {
    @TempDir
    Path directory;

    @Test
    void answersAClassFileUnderItsOrdinaryName() throws IOException {
        try (InstLoader loader = loader("inst/a/B.classdata", "inst/a/text.txt")) {
            assertThat(text(loader, "a/B.class")).isEqualTo("inst/a/B.classdata");
            assertThat(loader.getResource("a/B.class").toString()).endsWith("!/inst/a/B.classdata");
            assertThat(text(loader, "a/B.classdata")).isEqualTo("inst/a/B.classdata");
            assertThat(text(loader, "a/text.txt")).isEqualTo("inst/a/text.txt");
        }
    }

    @Test
    void aClassThatItDoesNotHaveIsItsParents() throws IOException {
        try (InstLoader loader = loader("inst/a/B.classdata")) {
            assertThat(loader.getResourceAsStream("a/C.class")).isNull();
            assertThat(loader.getResource("a/C.class")).isNull();
            try (InputStream string = loader.getResourceAsStream("java/lang/String.class")) {
                assertThat(string).isNotNull();
            }
        }
    }

    /** A package manager or a script may write the next version over the jar while a JVM uses it. */
    @Test
    void needsTheJarNoLongerOnceAllIsRead() throws IOException {
        try (InstLoader loader = loader("inst/a/B.classdata", "inst/a/text.txt", "inst/tools.zip")) {
            loader.run();
            Files.write(directory.resolve("tlscope.jar"), new byte[100]);
            assertThat(text(loader, "a/B.class")).isEqualTo("inst/a/B.classdata");
            assertThat(text(loader, "a/text.txt")).isEqualTo("inst/a/text.txt");
            assertThat(loader.getResourceAsStream("tools.zip")).isNull();
            assertThat(loader.getResource("a/B.class")).isNotNull();
        }
    }

    private InstLoader loader(String... entries) throws IOException {
        Path jar = directory.resolve("tlscope.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String entry : entries) {
                out.putNextEntry(new JarEntry(entry));
                out.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return new InstLoader(jar.toString(), null);
    }

    private static String text(InstLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
