package dev.tlscope;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of DESIGN.md: dependencies run downwards only. */
@AnalyzeClasses(packages = "dev.tlscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule entryKnowsTheJdkOnly = noClasses()
            .that()
            .resideInAPackage("dev.tlscope.agent")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("dev.tlscope.agent", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule weaverKnowsNoTls = noClasses()
            .that()
            .resideInAPackage("..agent.weave..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("..agent.weave..", "org.objectweb.asm..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule recorderDoesNoIo = noClasses()
            .that()
            .resideInAPackage("..agent.record..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..agent.jsse..",
                    "..agent.sink..",
                    "..agent.control..",
                    "..agent.weave..",
                    "..agent.key..",
                    "java.io..",
                    "java.nio..",
                    "java.net..");

    @ArchTest
    static final ArchRule sinkKnowsNoJsse = noClasses()
            .that()
            .resideInAPackage("..agent.sink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..agent.jsse..", "..agent.weave..", "..agent.control..");

    @ArchTest
    static final ArchRule agentNeverExplains = noClasses()
            .that()
            .resideInAPackage("..agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..analyzer..", "..cli..", "picocli..", "net.bytebuddy..");

    @ArchTest
    static final ArchRule captureKnowsNobody = noClasses()
            .that()
            .resideInAnyPackage("dev.tlscope.capture..", "dev.tlscope.tls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..agent..", "..analyzer..", "..cli..");

    @ArchTest
    static final ArchRule analyzerKnowsCaptureOnly = noClasses()
            .that()
            .resideInAPackage("..analyzer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..agent..", "dev.tlscope.cli..");
}
