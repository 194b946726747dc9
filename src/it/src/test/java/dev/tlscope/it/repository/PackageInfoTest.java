package dev.tlscope.it.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each package has a package-info, in main or, if only tests have the package, in test. */
class PackageInfoTest {
    /** The Tap must be in the JDK's package to be defined into java.base. */
    private static final Set<String> TAPS = Set.of("sun.security.ssl", "javax.net.ssl");

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<String> packages = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (Path root : Sources.roots()) {
            for (Path source : Sources.below(root)) {
                String name = root.relativize(source.getParent())
                        .toString()
                        .replace(source.getFileSystem().getSeparator(), ".");
                packages.add(name);
                if (source.endsWith("package-info.java")
                        && Files.readString(source).startsWith("/**")) {
                    described.add(name);
                }
            }
        }
        packages.removeAll(TAPS);
        assertThat(packages).isNotEmpty();
        packages.removeAll(described);
        assertThat(packages).as("packages without a package-info").isEmpty();
    }
}
