package dev.tlscope.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The environment of every integration test: the packaged jars, the test PKI, and its own directory. */
public final class Bench {
    public static final Path TLSCOPE = jar("tlscope.jar");
    public static final Path DEMO = jar("demo.jar");
    /** The programs of this module, with all their dependencies. */
    public static final Path PROGRAMS = jar("programs.jar");

    /**
     * One iteration of key derivation for PKCS #12 stores, which each of these JVMs reads or writes. The default of up
     * to 50,000 would take most of the CPU time of JDK 8 and 11 in a test.
     */
    private static final List<String> CHEAP_STORES = List.of(
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-Dkeystore.pkcs12.macIterationCount=1");

    private static Path pki;

    private final Path directory;

    public Bench(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    public Path out() {
        return directory.resolve("captures");
    }

    /** Key stores and PEM files, made once per test run by MakePki. */
    public static synchronized Path pki() {
        if (pki == null) {
            try {
                Path parent =
                        Files.createTempDirectory(Path.of("target"), "pki-").toAbsolutePath();
                Path made = parent.resolve("pki");
                try (ForkedJvm jvm =
                        new Bench(parent).program(Jdk.current(), List.of(), "peer.MakePki", made.toString())) {
                    if (jvm.exitCode() != 0) {
                        throw new IllegalStateException("MakePki failed: " + jvm.err());
                    }
                }
                pki = made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pki;
    }

    /** {@code java JVM-OPTIONS -cp programs.jar dev.tlscope.it.MAIN ARGUMENTS}. */
    public ForkedJvm program(Jdk jdk, List<String> jvmOptions, String main, String... arguments) {
        return start(jdk, jvmOptions, PROGRAMS, "dev.tlscope.it." + main, arguments);
    }

    /** A program with few handshakes, see {@link ForkedJvm#BRIEF}. */
    public ForkedJvm briefProgram(Jdk jdk, List<String> jvmOptions, String main, String... arguments) {
        List<String> options = new ArrayList<>(ForkedJvm.BRIEF);
        options.addAll(jvmOptions);
        return program(jdk, options, main, arguments);
    }

    private ForkedJvm start(Jdk jdk, List<String> jvmOptions, Path jar, String main, String... arguments) {
        List<String> command = new ArrayList<>(CHEAP_STORES);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", jar.toString(), main));
        command.addAll(Arrays.asList(arguments));
        return ForkedJvm.start(jdk, directory, command);
    }

    /** The -javaagent option with these agent options and this bench's directory for captures. */
    public String agent(String options) {
        return "-javaagent:" + TLSCOPE + "=out=" + out() + (options.isEmpty() ? "" : "," + options);
    }

    /** Starts a DemoService without clients of its own and waits until it is ready. */
    public ForkedJvm service(Jdk jdk, List<String> jvmOptions, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--pki", pki().toString(), "--clients", "0"));
        all.addAll(Arrays.asList(arguments));
        return ready(start(jdk, jvmOptions, DEMO, "dev.tlscope.demo.DemoService", all.toArray(new String[0])));
    }

    /** A DemoService with a variable in its environment. */
    public ForkedJvm serviceWith(Jdk jdk, String variable, String value) {
        List<String> command = new ArrayList<>(CHEAP_STORES);
        command.addAll(List.of("-cp", DEMO.toString(), "dev.tlscope.demo.DemoService"));
        command.addAll(List.of("--pki", pki().toString(), "--clients", "0"));
        return ready(ForkedJvm.startBy(List.of("env", variable + "=" + value), jdk, directory, command));
    }

    private static ForkedJvm ready(ForkedJvm service) {
        try {
            service.lineThatBegins("ready ");
            return service;
        } catch (AssertionError | RuntimeException e) {
            service.close(); // the caller has no service to close
            throw e;
        }
    }

    /** Runs {@code java -jar tlscope.jar ARGUMENTS} to its end. */
    public Ran cli(Jdk jdk, String... arguments) {
        return cli(jdk, TLSCOPE, arguments);
    }

    /** Runs another tlscope.jar to its end. */
    public Ran cli(Jdk jdk, Path jar, String... arguments) {
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(Arrays.asList(arguments));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, command)) {
            return new Ran(jvm.exitCode(), jvm.out(), jvm.err());
        }
    }

    /** Runs tlscope.jar, which must end with exit code 0. */
    public Ran succeed(Jdk jdk, String... arguments) {
        Ran ran = cli(jdk, arguments);
        assertThat(ran.exitCode())
                .as(String.join(" ", arguments) + ": " + ran.err())
                .isZero();
        return ran;
    }

    /** Makes a DemoService perform a call, and checks the beginning of its answer. */
    public static void call(ForkedJvm service, String what, String expected) {
        service.say("call " + what);
        assertThat(service.nextLine()).startsWith(expected);
    }

    /** A security properties file that allows TLS_RSA suites and all other algorithms that this JDK disables by default. */
    public Path permissivePolicy() {
        try {
            Path file = directory.resolve("permissive.security");
            Files.writeString(file, "jdk.tls.disabledAlgorithms=SSLv3, RC4, DES, MD5withRSA, anon, NULL\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The capture files written so far. */
    public List<Path> captures() {
        if (!Files.isDirectory(out())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out())) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exit code and output of a command. */
    public record Ran(int exitCode, String out, String err) {}

    private static Path jar(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }
}
