package dev.tlscope;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may see which, over all modules that go into tlscope.jar. Each package-info says what the package is for. */
class ArchitectureTest {
    /** In the target JVM, where a first stream or regular expression costs its start. */
    private static final PackageRules TARGET = new PackageRules(
            "java.lang java.lang.ref java.lang.reflect java.util java.util.function java.util.concurrent.."
                    + " org.jspecify.annotations",
            """
            tls: |
            capture: tls | java.io java.net.InetAddress java.net.UnknownHostException java.nio java.nio.charset java.nio.file
            seal: | java.io java.math java.nio java.nio.charset java.security java.security.spec javax.crypto..
            agent: | java.io java.lang.instrument java.net.MalformedURLException java.net.URISyntaxException java.net.URL java.security.. java.util.jar java.util.zip
            agent.reflect: | java.lang.instrument sun.security.ssl
            agent.weave: | java.lang.instrument java.security org.objectweb.asm
            agent.config: tls | java.io.IOException java.nio.file..
            agent.status: agent.config |
            agent.record: capture |
            agent.sink: agent.config agent.record capture seal | java.io java.nio.channels java.nio.file.. java.time java.time.temporal
            agent.outcome: agent.record capture tls | java.io.ByteArrayInputStream java.io.ByteArrayOutputStream java.security.cert java.time.Instant javax.security.auth.x500
            agent.listen: agent.reflect agent.sink | java.lang.instrument java.security.ProtectionDomain java.util.concurrent.locks
            agent.log: agent.config agent.listen agent.outcome agent.sink | java.io java.lang.invoke java.nio.charset java.nio.file.Path java.time.Instant java.util.logging
            agent.jfr: agent.listen agent.outcome | java.math.BigInteger java.security.. javax.security.auth.x500 org.objectweb.asm
            agent.jmx: agent.listen agent.outcome agent.status | java.time.Instant javax.management..
            agent.inventory: agent.record capture | java.net.URL java.security javax.net.ssl
            agent.key: agent.record capture | java.math java.security.. javax.security.auth.x500
            agent.socket: agent.record agent.reflect agent.weave tls | java.io.FileDescriptor java.io.InterruptedIOException java.net
            agent.stack: agent.config agent.inventory agent.key agent.record agent.socket agent.weave capture | java.security.cert javax.security.auth.x500
            agent.stack.jsse.field: agent.reflect capture | java.io.ByteArrayOutputStream java.nio java.security java.security.cert javax.crypto.. javax.security.auth.x500
            agent.stack.jsse.setup: agent.record agent.reflect agent.stack.jsse.field capture | java.io.File java.nio java.security java.security.cert javax.net.ssl
            agent.stack.jsse: agent.config agent.key agent.record agent.reflect agent.socket agent.stack agent.stack.jsse.field agent.stack.jsse.setup agent.weave capture tls | java.io.InterruptedIOException java.nio java.security javax.crypto.. javax.net.ssl javax.security.auth.x500
            agent.stack.provider: agent.config agent.inventory agent.record agent.reflect agent.socket agent.stack agent.weave capture tls | java.io.ByteArrayOutputStream java.io.IOException java.lang.invoke java.nio java.nio.charset java.security.cert javax.net.ssl
            agent.control: agent.config agent.inventory agent.jfr agent.jmx agent.key agent.listen agent.log agent.outcome agent.record agent.reflect agent.sink agent.socket agent.stack agent.stack.jsse agent.stack.provider agent.status agent.weave capture seal | java.io java.lang.instrument java.lang.invoke java.lang.management java.nio java.nio.charset java.nio.channels java.nio.file java.security java.time.. sun.security.ssl
            """);

    private static final PackageRules CLIENT =
            new PackageRules("java.lang java.lang.reflect java.util.. org.jspecify.annotations", """
            transport: | java.io java.net java.nio.charset
            probe: transport | java.io java.net java.nio.file java.security javax.net.ssl
            cli: agent.config agent.status probe | java.io java.lang.management java.net java.nio java.nio.channels java.nio.charset java.nio.file.. java.time.Instant net.bytebuddy.agent org.slf4j.. picocli
            """);

    private static final PackageRules OFFLINE = new PackageRules(
            "java.lang java.lang.ref java.math java.nio.charset java.security.. java.time.. java.util.."
                    + " javax.security.auth.x500 org.jspecify.annotations",
            """
            analyzer.wire: | java.io.ByteArrayOutputStream java.nio
            analyzer.work: | java.io
            analyzer.file: | java.io java.nio.file..
            analyzer.finding: | java.nio.file
            analyzer.crypto: | java.io.ByteArrayOutputStream javax.crypto..
            analyzer.registry: tls |
            analyzer.message: analyzer.registry analyzer.wire analyzer.work tls | java.io.ByteArrayInputStream
            analyzer.model: analyzer.message analyzer.registry analyzer.wire capture tls | java.nio java.nio.file
            analyzer.schedule: analyzer.crypto analyzer.model analyzer.registry analyzer.wire capture tls | java.io.ByteArrayOutputStream
            analyzer.protection: analyzer.crypto analyzer.model analyzer.schedule capture | java.nio javax.crypto..
            analyzer.verify: analyzer.crypto analyzer.model analyzer.protection analyzer.registry analyzer.schedule capture |
            analyzer.compare: analyzer.message analyzer.model analyzer.protection analyzer.schedule analyzer.verify capture tls |
            analyzer.evidence: analyzer.finding analyzer.message analyzer.model analyzer.protection analyzer.registry analyzer.schedule analyzer.verify analyzer.wire analyzer.work capture tls | java.nio
            analyzer.refusal: analyzer.evidence analyzer.model analyzer.registry analyzer.work capture | java.io
            analyzer.cause: analyzer.compare analyzer.crypto analyzer.evidence analyzer.finding analyzer.message analyzer.model analyzer.protection analyzer.refusal analyzer.registry analyzer.schedule analyzer.verify capture tls | java.nio java.nio.file
            analyzer.store: analyzer.wire | java.io java.nio.file javax.crypto.. org.snakeyaml.engine..
            analyzer.check: analyzer.evidence analyzer.model analyzer.store | java.io java.nio.file
            analyzer.verdict: analyzer.cause analyzer.compare analyzer.file analyzer.finding analyzer.model capture tls | java.io java.nio java.nio.file org.slf4j
            analyzer.problem: analyzer.cause analyzer.finding analyzer.model capture | java.nio.file
            analyzer.scan: analyzer.crypto analyzer.evidence analyzer.model analyzer.protection analyzer.registry analyzer.schedule analyzer.wire tls transport | java.io java.net javax.crypto
            analyzer.connect: analyzer.check analyzer.model analyzer.store capture | java.io java.nio.file org.slf4j
            analyzer.json: analyzer.check analyzer.finding analyzer.message analyzer.model analyzer.registry analyzer.scan analyzer.store analyzer.work capture tls | com.fasterxml.jackson.core.. java.io java.nio java.nio.file
            analyzer.render: analyzer.check analyzer.compare analyzer.finding analyzer.json analyzer.message analyzer.model analyzer.problem analyzer.protection analyzer.registry analyzer.scan analyzer.schedule analyzer.store analyzer.verify capture tls | com.fasterxml.jackson.core java.io java.nio.file
            analyzer.report: analyzer.finding analyzer.message analyzer.model analyzer.problem analyzer.protection analyzer.schedule analyzer.verify capture tls | com.fasterxml.jackson.core java.io java.nio.file
            analyzer.export: analyzer.json analyzer.model analyzer.schedule analyzer.verdict analyzer.work capture tls | com.fasterxml.jackson.core java.io java.nio.file
            analyzer.watch: analyzer.file analyzer.model capture | java.io java.nio java.nio.channels java.nio.file
            analyzer.seal: analyzer.wire seal | java.io java.nio java.nio.charset java.security java.security.spec javax.crypto..
            analyzer.cli: analyzer.cause analyzer.check analyzer.compare analyzer.connect analyzer.export analyzer.file analyzer.finding analyzer.json analyzer.message analyzer.model analyzer.problem analyzer.render analyzer.report analyzer.scan analyzer.schedule analyzer.seal analyzer.store analyzer.verdict analyzer.verify analyzer.watch analyzer.work capture transport | com.fasterxml.jackson.core.. java.io java.lang.management java.lang.reflect java.nio.file javax.management org.slf4j picocli
            """);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tlscope", "sun.security.ssl");

    @Test
    void inTheTargetAPackageSeesWhatItMay() {
        assertThat(TARGET.violations(CLASSES)).isEmpty();
    }

    @Test
    void theCommandLineSeesWhatItMay() {
        assertThat(CLIENT.violations(CLASSES)).isEmpty();
    }

    @Test
    void offlineAPackageSeesWhatItMay() {
        assertThat(OFFLINE.violations(CLASSES)).isEmpty();
    }

    /** What the three lists do not allow. */
    static List<String> violations(JavaClasses classes) {
        return Stream.of(TARGET, CLIENT, OFFLINE)
                .flatMap(rules -> rules.violations(classes).stream())
                .toList();
    }

    @Test
    void whatTheListDoesNotHaveIsFound() {
        PackageRules narrow = new PackageRules("java.lang java.util..", "capture: | java.nio.. java.net.InetAddress");
        assertThat(narrow.violations(CLASSES))
                .anyMatch(found -> found.startsWith("dev.tlscope.capture -> dev.tlscope.tls."))
                .anyMatch(found -> found.startsWith("dev.tlscope.capture -> java.io.OutputStream: "))
                .anyMatch(found -> found.startsWith("dev.tlscope.capture -> java.net.UnknownHostException: "))
                .noneMatch(found -> found.contains("-> java.nio") || found.contains("-> java.util"))
                .allMatch(found -> found.startsWith("dev.tlscope.capture -> "));
    }

    @Test
    void everyPackageHasItsLine() {
        Set<String> listed = new TreeSet<>(TARGET.packages());
        listed.addAll(CLIENT.packages());
        listed.addAll(OFFLINE.packages());
        Set<String> there = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.tlscope"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(there).isEqualTo(listed);
    }

    @Test
    void noTwoPackagesSeeEachOther() {
        slices().matching("dev.tlscope.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** The Tap is defined into java.base, which has none of our classes. */
    @Test
    void theTapKnowsTheJdkAlone() {
        JavaClass tap = CLASSES.get("sun.security.ssl.TlscopeTap3");
        assertThat(tap.getDirectDependenciesFromSelf())
                .extracting(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .allMatch(name -> name.startsWith("java.")
                        || name.equals("sun.security.ssl")
                        || name.equals("org.jspecify.annotations"));
    }
}
