package dev.tlscope.agent.weave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The class files of a JDK, which need not be the running one: its run-time image, or JDK 8's jars. */
final class JdkClasses implements AutoCloseable {
    private final List<FileSystem> systems;
    private final List<Path> roots;

    private JdkClasses(List<FileSystem> systems, List<Path> roots) {
        this.systems = systems;
        this.roots = roots;
    }

    /**
     * The classes of that version's JDK below the directory in TLSCOPE_JDKS, or of the running JDK; empty if neither
     * has it.
     */
    static Optional<JdkClasses> of(int version) {
        String directory = System.getenv("TLSCOPE_JDKS");
        Optional<Path> home = directory == null ? Optional.empty() : home(Path.of(directory), version);
        if (home.isEmpty() && Runtime.version().feature() == version) {
            home = Optional.of(Path.of(System.getProperty("java.home")));
        }
        return home.map(found -> version == 8 ? jars(found) : image(found));
    }

    /**
     * The class file of a class of java.base.
     *
     * @param internalName with slashes
     */
    Optional<byte[]> bytes(String internalName) {
        for (Path root : roots) {
            Path file = root.resolve(internalName + ".class");
            if (Files.exists(file)) {
                try {
                    return Optional.of(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            for (FileSystem system : systems) {
                system.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> home(Path directory, int version) {
        Path root = directory.resolve("jdk-" + version + "/usr/lib/jvm");
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(root)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/javac")) && !Files.isSymbolicLink(home))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A provider in the JDK's own lib/jrt-fs.jar reads the run-time image. */
    private static JdkClasses image(Path home) {
        try {
            FileSystem system = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
            return new JdkClasses(List.of(system), List.of(system.getPath("modules", "java.base")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JdkClasses jars(Path home) {
        List<FileSystem> systems = new ArrayList<>();
        List<Path> roots = new ArrayList<>();
        try {
            for (String jar : List.of("jsse.jar", "rt.jar", "jce.jar")) {
                FileSystem system = FileSystems.newFileSystem(home.resolve("jre/lib/" + jar));
                systems.add(system);
                roots.add(system.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JdkClasses(List.copyOf(systems), List.copyOf(roots));
    }
}
