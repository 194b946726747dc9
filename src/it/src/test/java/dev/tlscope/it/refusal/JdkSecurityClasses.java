package dev.tlscope.it.refusal;

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
import java.util.stream.Stream;

/** The class files of a JDK that can refuse a TLS connection: from its run-time image, or from JDK 8's jars. */
final class JdkSecurityClasses {
    private static final String ROOT = "sun/security/";
    private static final List<String> PACKAGES = List.of("ssl", "validator", "provider/certpath");
    private static final List<String> CLASSES = List.of("HostnameChecker", "DisabledAlgorithmConstraints", "KeyUtil");

    private JdkSecurityClasses() {}

    /** @param home the JDK's directory, which need not be the running one */
    static List<byte[]> of(Path home) throws IOException {
        List<byte[]> found = new ArrayList<>();
        Path image = home.resolve("lib/modules");
        if (Files.exists(image)) {
            // a provider in the JDK's own lib/jrt-fs.jar reads its image
            try (FileSystem system =
                    FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()))) {
                read(system.getPath("modules", "java.base"), found);
            }
        } else {
            for (String jar : List.of("jsse.jar", "rt.jar")) {
                try (FileSystem system = FileSystems.newFileSystem(home.resolve("jre/lib/" + jar))) {
                    read(system.getPath("/"), found);
                }
            }
        }
        return found;
    }

    private static void read(Path root, List<byte[]> found) throws IOException {
        for (String name : PACKAGES) {
            // the subpackages ldap and ssl of certpath each have one class that looks up certificates
            collect(root.resolve(ROOT + name), "", found);
        }
        for (String name : CLASSES) {
            collect(root.resolve(ROOT + "util"), name, found);
        }
    }

    private static void collect(Path directory, String name, List<byte[]> found) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> isOf(file.getFileName().toString(), name))
                    .forEach(file -> found.add(bytes(file)));
        }
    }

    private static boolean isOf(String file, String name) {
        return name.isEmpty() || file.equals(name + ".class") || file.startsWith(name + "$");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
