package dev.tlscope.it.refusal;

import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * The contents of a JDK's class files, read once.
 *
 * @param name its exact version
 * @param places each place, with what it raises
 */
record ScannedJdk(String name, Map<RefusalPlace, Set<String>> places) {
    private static final Map<Jdk, ScannedJdk> SCANNED = new ConcurrentHashMap<>();

    static ScannedJdk of(Jdk jdk) throws IOException {
        ScannedJdk scanned = SCANNED.get(jdk);
        if (scanned == null) {
            scanned = new ScannedJdk(version(jdk.home()), RefusalScanner.scan(JdkSecurityClasses.of(jdk.home())));
            SCANNED.put(jdk, scanned);
        }
        return scanned;
    }

    /** From the JDK's file {@code release}; for JDK 8, which may lack it, from the manifest of its classes. */
    private static String version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (Files.exists(release)) {
            for (String line : Files.readAllLines(release)) {
                if (line.startsWith("JAVA_RUNTIME_VERSION=")) {
                    return line.substring(line.indexOf('=') + 1).replace("\"", "");
                }
            }
            return "unknown";
        }
        try (JarFile classes = new JarFile(home.resolve("jre/lib/rt.jar").toFile())) {
            return classes.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }
}
