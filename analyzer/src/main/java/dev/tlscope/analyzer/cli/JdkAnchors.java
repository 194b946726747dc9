package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.check.TrustOfChain;
import dev.tlscope.analyzer.store.StoreException;
import dev.tlscope.analyzer.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The anchors of a JDK's own trust store, cacerts. */
final class JdkAnchors {
    private JdkAnchors() {}

    /**
     * The anchors; empty if the JDK has none that can be read.
     *
     * @param home of a JDK or JRE; null for this JVM
     */
    static List<X509Certificate> of(@Nullable Path home, StoreReader reader) {
        Path base = home == null ? Path.of(System.getProperty("java.home")) : home;
        return Stream.of("lib/security/cacerts", "jre/lib/security/cacerts")
                .map(base::resolve)
                .filter(Files::isReadable)
                .findFirst()
                .map(file -> anchors(file, reader))
                .orElse(List.of());
    }

    private static List<X509Certificate> anchors(Path file, StoreReader reader) {
        try {
            return TrustOfChain.anchors(reader.read(file));
        } catch (IOException | StoreException e) {
            return List.of(); // then a chain that leads there gets a warning too many
        }
    }
}
