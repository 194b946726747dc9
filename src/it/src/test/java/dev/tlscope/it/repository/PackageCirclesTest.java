package dev.tlscope.it.repository;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/**
 * There is no cycle of packages: those of the demo, of the tests' programs, of the tests themselves, and below them.
 */
class PackageCirclesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.tlscope");

    @Test
    void thereAreNone() {
        assertThat(CLASSES)
                .extracting(found -> found.getPackageName())
                .contains(
                        "dev.tlscope.demo",
                        "dev.tlscope.it.cells",
                        "dev.tlscope.it.harness",
                        "dev.tlscope.analyzer.model");
        slices().matching("dev.tlscope.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
