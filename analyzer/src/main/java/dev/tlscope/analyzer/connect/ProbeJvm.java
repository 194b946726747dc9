package dev.tlscope.analyzer.connect;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JVM of the chosen JDK with the agent, which connects and captures: {@code tlscope probe}. */
public final class ProbeJvm {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeJvm.class);

    /** The file that -Djava.security.properties names counts beside java.security, or with == in its place. */
    private static final String POLICY_OPTION = "-Djava.security.properties=";

    private ProbeJvm() {}

    /**
     * Runs it to its end.
     *
     * @param directory for its files, which only this user can read
     * @param captures where it captures
     * @param steps receives each step as it happens
     * @throws IOException with one line for the user if it does not start
     */
    public static void run(ProbeOrder order, Path directory, Path captures, boolean secrets, Consumer<ProbeStep> steps)
            throws IOException {
        Path java = order.home().resolve("bin").resolve("java");
        List<String> line = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        line.addAll(options(order, directory));
        String jar = System.getProperty("tlscope.jar.self", "");
        line.add("-javaagent:" + jar + "=quiet=true,jmx=off,log=off,keep=all,secrets=" + (secrets ? "on" : "off")
                + ",out=" + captures.toString().replace("\\", "\\\\").replace(",", "\\,"));
        line.addAll(List.of("-jar", jar, "probe"));
        LOG.debug("runs {}", line);
        File errors = directory.resolve("errors").toFile();
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors);
        builder.environment().keySet().removeIf(name -> name.startsWith("TLSCOPE_") || name.startsWith("JDK_JAVA_"));
        Process process = builder.start();
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            read(order, process, steps);
            int exitCode = process.waitFor();
            String text =
                    Files.readString(errors.toPath(), StandardCharsets.UTF_8).strip();
            LOG.debug("exit code {}: {}", exitCode, text);
            if (exitCode != 0) {
                throw new IOException("the JVM of " + order.home() + " ended with exit code " + exitCode + ": "
                        + text.lines().findFirst().orElse("it wrote nothing"));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        } finally {
            removeHook(end);
        }
    }

    private static void read(ProbeOrder order, Process process, Consumer<ProbeStep> steps) throws IOException {
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            order.settings().store(in, null);
        } catch (IOException e) {
            LOG.debug("it ended before it read its settings", e);
        }
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                LOG.debug("{}", line);
                steps.accept(ProbeStep.parse(line));
            }
        }
    }

    /** The options, with the policy in a file. */
    private static List<String> options(ProbeOrder order, Path directory) throws IOException {
        if (order.policy().isEmpty()) {
            return order.options();
        }
        List<String> options = new ArrayList<>();
        String before = "";
        String form = "";
        for (String option : order.options()) {
            if (option.startsWith(POLICY_OPTION)) {
                String file = option.substring(POLICY_OPTION.length());
                form = file.startsWith("=") ? "=" : "";
                Path own = Path.of(file.substring(form.length()));
                before = Files.isReadable(own) ? Files.readString(own, StandardCharsets.ISO_8859_1) : "";
            } else {
                options.add(option);
            }
        }
        StringBuilder text = new StringBuilder(before).append('\n');
        for (Map.Entry<String, String> entry : new TreeMap<>(order.policy()).entrySet()) {
            text.append(entry.getKey())
                    .append('=')
                    .append(entry.getValue().replace("\\", "\\\\"))
                    .append('\n');
        }
        Path file = Files.writeString(directory.resolve("policy"), text, StandardCharsets.ISO_8859_1);
        options.add(POLICY_OPTION + form + file);
        return options;
    }

    private static void removeHook(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // this JVM ends, and the hook has ended the other
        }
    }
}
