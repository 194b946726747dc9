package dev.tlscope.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code DemoRun TLSCOPE_JAR DEMO_JAR}, or system properties tlscope.jar and demo.jar: shows what tlscope is for. A TLS
 * service runs without an agent; tlscope attaches to it while it runs; an administrator makes a mistake; tlscope detaches
 * and explains the failures.
 */
final class DemoRun {
    private static final String JAVA =
            Paths.get(System.getProperty("java.home"), "bin", "java").toString();
    private static final int SECONDS = 20;

    private final Path tlscope;
    private final Path demo;
    private final Path captures;
    /** Files that only the service needs; deleted at the end. */
    private final Path scratch;

    private final Narration narration = new Narration();

    private DemoRun(Path tlscope, Path demo) throws IOException {
        this.tlscope = tlscope;
        this.demo = demo;
        this.captures = demo.toAbsolutePath().resolveSibling("tlscope-demo");
        this.scratch = Files.createTempDirectory("tlscope-demo");
    }

    public static void main(String[] line) throws Exception {
        String tlscope = line.length == 2 ? line[0] : System.getProperty("tlscope.jar");
        String demo = line.length == 2 ? line[1] : System.getProperty("demo.jar");
        if (tlscope == null || demo == null || line.length % 2 != 0) {
            fail("usage: DemoRun TLSCOPE_JAR DEMO_JAR");
            return;
        }
        for (String jar : new String[] {tlscope, demo}) {
            if (!Files.isRegularFile(Paths.get(jar))) {
                fail("no file " + jar + "; build it with mvn -q -Pdemo verify");
            }
        }
        DemoRun run = new DemoRun(Paths.get(tlscope), Paths.get(demo));
        // A finally block does not run when the keyboard interrupts the JVM.
        Runtime.getRuntime().addShutdownHook(new Thread(run::removeScratch));
        @Nullable String failure = null;
        try {
            run.run();
        } catch (StepFailedException | IOException e) {
            failure = e instanceof StepFailedException ? e.getMessage() : e.toString();
        }
        if (failure != null) {
            fail(failure + run.serviceErrors());
        }
    }

    private static void fail(String message) {
        System.out.flush();
        System.err.println("demo: " + message.replaceAll("\\s+", " ").trim());
        System.exit(1);
    }

    private void run() throws IOException, InterruptedException, StepFailedException {
        deleteOldCaptures();
        try (Child service = startService()) {
            String pid = service.await("ready ", SECONDS).substring("ready ".length());
            narration.step("A TLS service is running, no agent in it: PID " + pid);
            expect("ok", service, "call orders TLSv1.3", "call payments TLSv1.2", "call legacy");

            narration.step("tlscope attaches to the running process");
            narration.quote(tlscope("attach", pid, "--out", captures.toString(), "--secrets", "on"));

            narration.step("Somebody renews a certificate of endpoint legacy and leaves the wrong private key with it");
            service.ask("fault key-mismatch on", SECONDS);
            expect(
                    "failed",
                    service,
                    "call legacy TLSv1.2 TLS_RSA_WITH_AES_128_GCM_SHA256",
                    "call legacy TLSv1.2",
                    "call legacy TLSv1.3");

            narration.step("What tlscope has seen");
            narration.quote(tlscope("status", pid));

            narration.step("tlscope detaches, the service runs on");
            narration.quote(tlscope("detach", pid));
            expect("ok", service, "call orders TLSv1.3");
        }
        narration.step("tlscope explains, from the capture alone");
        explain();
        narration.step("The capture: " + captures);
        narration.detail("Wireshark opens it and shows it decrypted: the secrets are in the file, so keep it private.");
    }

    /** Makes the service perform calls; the step fails if one of them ends in another way. */
    private void expect(String outcome, Child service, String... calls)
            throws InterruptedException, StepFailedException {
        for (String call : calls) {
            String answer = service.ask(call, SECONDS);
            if (!answer.startsWith(outcome)) {
                throw new StepFailedException("\"" + call + "\" should give \"" + outcome + "\", but: " + answer);
            }
            String shown = call + ": " + answer;
            if (outcome.equals("ok")) {
                narration.detail(shown);
            } else {
                narration.bad(shown);
            }
        }
    }

    private Child startService() throws IOException {
        Path policy = scratch.resolve("policy");
        Files.write(policy, policyWithRsaKeyExchange().getBytes(StandardCharsets.ISO_8859_1));
        ProcessBuilder builder = new ProcessBuilder(
                JAVA, "-Djava.security.properties=" + policy, "-cp", demo.toString(), DemoService.class.getName());
        return Child.start("the service", builder.redirectError(errors()));
    }

    /** Newer JDKs forbid the TLS_RSA_* suites, in which a wrong key causes bad_record_mac. Many services still allow them. */
    private static String policyWithRsaKeyExchange() {
        String policy = Security.getProperty("jdk.tls.disabledAlgorithms");
        String list = policy == null ? "" : policy;
        return "jdk.tls.disabledAlgorithms="
                + Arrays.stream(list.split(",", -1))
                        .map(String::trim)
                        .filter(entry -> !entry.startsWith("TLS_RSA_"))
                        .collect(Collectors.joining(", "))
                + "\n";
    }

    /** Runs tlscope and returns the lines that it printed. */
    private List<String> tlscope(String... arguments) throws IOException, InterruptedException, StepFailedException {
        return run(tlscopeCommand(arguments).redirectErrorStream(true), "tlscope " + arguments[0]);
    }

    /** explain writes to the terminal itself, so that it can detect its width and use colour. */
    private void explain() throws IOException, InterruptedException, StepFailedException {
        run(tlscopeCommand("explain", captures.toString()).inheritIO(), "tlscope explain");
    }

    private ProcessBuilder tlscopeCommand(String... arguments) {
        List<String> command = new ArrayList<>(Arrays.asList(JAVA, "-jar", tlscope.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command);
    }

    private static List<String> run(ProcessBuilder builder, String name)
            throws IOException, InterruptedException, StepFailedException {
        try (Child child = Child.start(name, builder)) {
            return child.finish(SECONDS);
        }
    }

    /** Deletes old captures, because explain would read them as well. */
    private void deleteOldCaptures() throws IOException {
        if (!Files.isDirectory(captures)) {
            return;
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(captures, "tlscope-*")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    private File errors() {
        return scratch.resolve("service.err").toFile();
    }

    private String serviceErrors() throws IOException {
        if (!errors().exists()) {
            return "";
        }
        String said = String.join(" / ", Files.readAllLines(errors().toPath(), StandardCharsets.UTF_8));
        return said.isEmpty() ? "" : "; the service said: " + said;
    }

    private void removeScratch() {
        for (File file : new File[] {scratch.resolve("policy").toFile(), errors(), scratch.toFile()}) {
            // A file that was not created cannot be deleted, and at this point no other failure can be handled.
            boolean ignored = file.delete();
        }
    }
}
