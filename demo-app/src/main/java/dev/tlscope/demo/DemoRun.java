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
 * {@code DemoRun TLSCOPE_JAR DEMO_JAR}, or system properties tlscope.jar and demo.jar: the main job, shown. A TLS service runs without an agent, tlscope attaches to the
 * living process, a mistake is made, tlscope detaches and explains.
 */
final class DemoRun {
    private static final String JAVA =
            Paths.get(System.getProperty("java.home"), "bin", "java").toString();
    private static final int SECONDS = 20;

    private final Path tlscope;
    private final Path demo;
    private final Path captures;
    /** For the service alone; removed at the end. */
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
        // Not in a finally: an interrupt from the keyboard passes that by.
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

            narration.step("tlscope attaches to the living process");
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

    /** Makes calls from inside the service; each must go as the step says it does. */
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

    /** Newer JDKs forbid TLS_RSA_* suites, where a wrong key shows as bad_record_mac: many services still allow them. */
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

    /** Runs tlscope and gives what it printed. */
    private List<String> tlscope(String... arguments) throws IOException, InterruptedException, StepFailedException {
        return run(tlscopeCommand(arguments).redirectErrorStream(true), "tlscope " + arguments[0]);
    }

    /** Straight to the terminal, so that it is as wide and as coloured as it would be by hand. */
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

    /** What an earlier run left in the directory would be explained again. */
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
            // What is not there need not go, and nothing can be done at this point about what stays.
            boolean ignored = file.delete();
        }
    }
}
