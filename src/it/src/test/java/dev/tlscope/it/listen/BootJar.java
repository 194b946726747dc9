package dev.tlscope.it.listen;

import dev.tlscope.it.harness.Bench;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** An executable jar of Spring Boot: its own loader, the libraries as jars in the jar, the application below BOOT-INF/classes. */
final class BootJar {
    private static final Path LIBRARIES = Path.of(System.getProperty("boot.directory"));
    private static final String LOADER = "spring-boot-loader.jar";
    private static final String PROGRAM = "dev/tlscope/it/listen/";

    private BootJar() {}

    static Path make(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        main.putValue("Start-Class", "dev.tlscope.it.listen.FailingCalls");
        main.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        main.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
                out.putNextEntry(
                        new ZipEntry(directory)); // Boot's loader finds nothing below a directory without an entry
                out.closeEntry();
            }
            copy(LIBRARIES.resolve(LOADER), "org/", "", out);
            copy(Bench.PROGRAMS, PROGRAM, "BOOT-INF/classes/", out);
            for (Path library : libraries()) {
                store(library, "BOOT-INF/lib/" + library.getFileName(), out);
            }
        }
        return jar;
    }

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.filter(file -> !file.endsWith(LOADER)).sorted().toList();
        }
    }

    private static void copy(Path from, String only, String below, JarOutputStream out) throws IOException {
        try (JarFile jar = new JarFile(from.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(only) && !entry.isDirectory()) {
                    out.putNextEntry(new ZipEntry(below + entry.getName()));
                    jar.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }

    /** Without compression: Boot's loader reads such a jar in place. */
    private static void store(Path file, String name, JarOutputStream out) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32 check = new CRC32();
        check.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(check.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
