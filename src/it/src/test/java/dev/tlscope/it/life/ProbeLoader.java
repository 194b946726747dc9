package dev.tlscope.it.life;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Tshark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs the {@link ProbeAgent}, loads it into a target with jcmd, and returns its answer. */
public final class ProbeLoader {
    private ProbeLoader() {}

    /** Loads the probe into a JVM and returns its answer. */
    public static String ask(Bench bench, Jdk jdk, ForkedJvm target, String what) {
        try {
            Path answer = bench.directory().resolve(what + ".answer");
            Path jar = jar(bench.directory());
            Files.deleteIfExists(answer);
            String said = Tshark.run(List.of(
                    jdk.home().resolve("bin/jcmd").toString(),
                    "" + target.pid(),
                    "JVMTI.agent_load",
                    jar.toString(),
                    "\"" + what + " " + answer + "\""));
            if (!Files.exists(answer)) {
                throw new AssertionError("the probe did not answer: " + said + target.err());
            }
            return Files.readString(answer);
        } catch (Exception e) {
            throw new AssertionError("the probe cannot be loaded", e);
        }
    }

    private static Path jar(Path directory) throws IOException {
        Path jar = directory.resolve("probe.jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Agent-Class", ProbeAgent.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (String name : List.of("ProbeAgent", "ProbeAgent$1", "ProbeAgent$2")) {
                String file = "dev/tlscope/it/life/" + name + ".class";
                entries.putNextEntry(new JarEntry(file));
                try (var in = ProbeAgent.class.getClassLoader().getResourceAsStream(file)) {
                    in.transferTo(entries);
                }
            }
        }
        return jar.toAbsolutePath();
    }
}
