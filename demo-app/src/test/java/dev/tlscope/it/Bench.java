package dev.tlscope.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What every integration test works with: the packaged jars, the test PKI, a directory of its own. */
final class Bench {
    static final Path TLSCOPE = jar("tlscope.jar");
    static final Path DEMO = jar("demo.jar");

    /**
     * PKCS #12 stores, which every one of the demo's JVMs reads or makes, in memory too, with one round of key derivation: the
     * default of up to 50,000 is most of what JDK 8 and 11 compute in a test.
     */
    private static final List<String> CHEAP_STORES = List.of(
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-Dkeystore.pkcs12.macIterationCount=1");

    private static Path pki;

    private final Path directory;

    Bench(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path out() {
        return directory.resolve("captures");
    }

    /** Key stores and PEM files, made once per test run by the demo's MakePki. */
    static synchronized Path pki() {
        if (pki == null) {
            try {
                Path parent =
                        Files.createTempDirectory(Path.of("target"), "pki-").toAbsolutePath();
                Path made = parent.resolve("pki");
                try (Jvm jvm = new Bench(parent).demo(Jdk.current(), List.of(), "MakePki", made.toString())) {
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

    /** {@code java JVM-OPTIONS -cp demo.jar dev.tlscope.demo.MAIN ARGUMENTS}. */
    Jvm demo(Jdk jdk, List<String> jvmOptions, String main, String... arguments) {
        List<String> command = new ArrayList<>(CHEAP_STORES);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", DEMO.toString(), "dev.tlscope.demo." + main));
        command.addAll(Arrays.asList(arguments));
        return Jvm.start(jdk, directory, command);
    }

    /** The same for few handshakes, see {@link Jvm#BRIEF}. */
    Jvm briefDemo(Jdk jdk, List<String> jvmOptions, String main, String... arguments) {
        List<String> options = new ArrayList<>(Jvm.BRIEF);
        options.addAll(jvmOptions);
        return demo(jdk, options, main, arguments);
    }

    /** The -javaagent option with these options and this bench's out directory. */
    String agent(String options) {
        return "-javaagent:" + TLSCOPE + "=out=" + out() + (options.isEmpty() ? "" : "," + options);
    }

    /** A DemoService that is called by nobody but the test, and has said that it is ready. */
    Jvm service(Jdk jdk, List<String> jvmOptions, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--pki", pki().toString(), "--clients", "0"));
        all.addAll(Arrays.asList(arguments));
        Jvm service = demo(jdk, jvmOptions, "DemoService", all.toArray(new String[0]));
        try {
            service.lineThatBegins("ready ");
            return service;
        } catch (AssertionError | RuntimeException e) {
            service.close(); // nobody else would end it
            throw e;
        }
    }

    /** Runs {@code java -jar tlscope.jar ARGUMENTS} to its end. */
    Ran cli(Jdk jdk, String... arguments) {
        return cli(jdk, TLSCOPE, arguments);
    }

    /** The same with another tlscope.jar. */
    Ran cli(Jdk jdk, Path jar, String... arguments) {
        List<String> command = new ArrayList<>(Jvm.BRIEF);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(Arrays.asList(arguments));
        try (Jvm jvm = Jvm.start(jdk, directory, command)) {
            return new Ran(jvm.exitCode(), jvm.out(), jvm.err());
        }
    }

    /** A security properties file that allows TLS_RSA suites and all the rest that this JDK can do but forbids. */
    Path permissivePolicy() {
        try {
            Path file = directory.resolve("permissive.security");
            Files.writeString(file, "jdk.tls.disabledAlgorithms=SSLv3, RC4, DES, MD5withRSA, anon, NULL\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The capture files written so far. */
    List<Path> captures() {
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

    /** How a command ended. */
    record Ran(int exitCode, String out, String err) {}

    private static Path jar(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }
}
