package dev.tlscope.analyzer.cli;

import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.file.FileSizes;
import dev.tlscope.analyzer.message.MessageDecoder;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.HandshakeBuilder;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.NegotiatedParameters;
import dev.tlscope.analyzer.schedule.Negotiation;
import dev.tlscope.capture.EventStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Makes HotSpot's optimizing compiler keep some large methods as calls (src/docs/decisions/0010). It would inline each
 * of them, with everything that they call, into callers that it compiles one after the other: on two cores that takes a
 * third of the time for reading a million handshakes.
 */
final class CompilerAdvice {
    /** With fewer bytes the directives, which take a tenth of a second and more, cost as much as they save. */
    private static final long LEAST = 1L << 30;

    /** Methods that are not inlined, in HotSpot's spelling. */
    static final List<String> OUT_OF_LINE = List.of(
            all(Handshakes.class),
            all(Hello.class),
            all(Certificates.class),
            all(NegotiatedParameters.class),
            all(MessageDecoder.class),
            of(HandshakeBuilder.class, "add*"),
            of(EventStore.class, "add"),
            allBeside(Causes.class),
            allBeside(Negotiation.class),
            all(UTF8JsonGenerator.class),
            all(HashMap.class),
            "java/util/stream/AbstractPipeline.evaluate",
            "java/lang/StringConcatHelper.simpleConcat",
            // arithmetic of elliptic curves, which a verified signature calls very often
            "sun/security/util/math/intpoly/IntegerPolynomial$MutableElement.*");

    private CompilerAdvice() {}

    /** Sets the directives before large files are read. If the JVM accepts none, nothing changes. */
    static void before(List<Path> files) {
        if (FileSizes.of(files) >= LEAST) {
            give();
        }
    }

    /** True when the JVM accepted them. */
    static boolean give() {
        try {
            Path directives = Files.createTempFile("tlscope-", ".json");
            try {
                Files.writeString(directives, directives());
                Object answer = ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {'"' + directives.toString() + '"'}},
                                new String[] {String[].class.getName()});
                return String.valueOf(answer).contains("added");
            } finally {
                Files.delete(directives);
            }
        } catch (IOException | JMException | LinkageError | RuntimeException e) {
            return false; // not HotSpot, or a JVM that was linked without java.management
        }
    }

    /** Compiler directives (JEP 165) for every method that is compiled. */
    private static String directives() {
        return OUT_OF_LINE.stream()
                .map(method -> "\"-" + method + '"')
                .collect(Collectors.joining(", ", "[{ match: [\"*.*\"], c2: { inline: [", "] } }]\n"));
    }

    private static String all(Class<?> type) {
        return of(type, "*");
    }

    private static String of(Class<?> type, String methods) {
        return slashed(type.getName()) + '.' + methods;
    }

    private static String allBeside(Class<?> type) {
        return slashed(type.getPackageName()) + "/*.*";
    }

    private static String slashed(String name) {
        return name.replace('.', '/');
    }
}
