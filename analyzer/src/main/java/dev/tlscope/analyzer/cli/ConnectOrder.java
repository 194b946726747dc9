package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.connect.LikeSettings;
import dev.tlscope.analyzer.connect.LoadableStore;
import dev.tlscope.analyzer.connect.ProbeOrder;
import dev.tlscope.analyzer.file.CaptureDirectory;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.store.Passwords;
import dev.tlscope.analyzer.store.StoreException;
import dev.tlscope.capture.Field;
import dev.tlscope.transport.Destination;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the order for the JVM that connects, from the options and the settings of another JVM. */
final class ConnectOrder {
    private final ConnectOptions options;
    private final Function<List<String>, Map<String, String>> client;
    private final PrintWriter err;
    private String who = "";

    ConnectOrder(ConnectOptions options, Function<List<String>, Map<String, String>> client, PrintWriter err) {
        this.options = options;
        this.client = client;
        this.err = err;
    }

    /** The JVM whose settings count; empty without one. */
    String who() {
        return who;
    }

    /**
     * The order.
     *
     * @param directory for stores that are made of PEM
     * @throws IllegalArgumentException with a reason for the user
     */
    ProbeOrder make(Destination to, int count, Path directory) throws IOException {
        Properties settings = new Properties();
        to.put(settings);
        settings.setProperty("count", String.valueOf(count));
        settings.setProperty("identify", "HTTPS");
        Passwords passwords = options.passwords();
        List<String> jvm = new ArrayList<>();
        LikeSettings like = like();
        if (like != null) {
            jvm.addAll(like.options());
            put(like, settings, directory);
        }
        options.put(settings);
        String groups = options.groups();
        if (groups != null) {
            jvm.add("-Djdk.tls.namedGroups=" + groups.replace(" ", ""));
        }
        store("truststore", options.truststore(), passwords, false, directory, settings);
        store("keystore", options.keystore(), passwords, true, directory, settings);
        Path own = options.jdk();
        Path home = own != null ? own : like != null ? like.home() : Path.of(System.getProperty("java.home"));
        if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
            throw new IllegalArgumentException(
                    home + " has no bin/java; name the home directory of a JDK or JRE with --jdk");
        }
        return new ProbeOrder(home, jvm, like == null ? Map.of() : like.policy(), settings);
    }

    private @Nullable LikeSettings like() throws IOException {
        String name = options.like();
        if (name == null) {
            return null;
        }
        RunningJvm jvm = RunningJvm.find(client, name);
        Map<String, String> started = client.apply(List.of("settings", jvm.pid()));
        Configuration captured = captured(jvm);
        who = "like " + jvm;
        err.println("like " + jvm + ": "
                + (captured == null
                        ? "its settings are those it was started with; what its code sets shows only a capture of it as a client"
                        : "its settings are those of its last captured connection as a client"));
        LikeSettings settings = LikeSettings.of(
                Path.of(started.getOrDefault("java.home", "")),
                started.getOrDefault("options", "").lines().toList(),
                path -> jvm.seen(Path.of(path)).toString(),
                captured);
        if (!settings.leftOut().isEmpty()) {
            err.println("left out, because it makes the JDK connect to other hosts: -D"
                    + String.join(", -D", settings.leftOut()));
        }
        return settings;
    }

    /** Of the last captured connection as a client; null without one. */
    private @Nullable Configuration captured(RunningJvm jvm) throws IOException {
        if (!jvm.wasAttached()) {
            return null;
        }
        List<Configuration> last = new ArrayList<>();
        for (Path file : OldestFirst.of(CaptureDirectory.captures(jvm.out(), (inner, e) -> {}))) {
            Handshakes handshakes = new Handshakes(file, handshake -> keep(handshake, last));
            if (jvm.isOwn(file)) {
                CaptureFiles.read(file, handshakes::take, err);
                handshakes.end();
            }
        }
        return last.isEmpty() ? null : last.get(0);
    }

    private static void keep(Handshake handshake, List<Configuration> last) {
        Configuration configuration = handshake.configuration();
        if (handshake.isClient() && configuration != null) {
            last.clear();
            last.add(configuration);
        }
    }

    private static void put(LikeSettings like, Properties settings, Path directory) throws IOException {
        like.list(Field.ENABLED_PROTOCOL).ifPresent(list -> settings.setProperty("protocols", list));
        like.list(Field.ENABLED_SUITE).ifPresent(list -> settings.setProperty("ciphers", list));
        like.list(Field.LOCAL_ALPN).ifPresent(list -> settings.setProperty("alpn", list));
        if (like.captured() != null) {
            settings.remove("identify");
            like.list(Field.IDENTIFICATION).ifPresent(rule -> settings.setProperty("identify", rule));
        }
        try {
            LoadableStore anchors = like.anchors(directory);
            if (anchors != null) {
                anchors.put("truststore", settings);
            }
        } catch (StoreException e) {
            throw new IllegalArgumentException("the captured trust anchors cannot be used: " + e.getMessage());
        }
    }

    private static void store(
            String name, @Nullable Path file, Passwords passwords, boolean keys, Path directory, Properties settings)
            throws IOException {
        if (file == null) {
            return;
        }
        try {
            LoadableStore.of(file, passwords, keys, directory).put(name, settings);
        } catch (StoreException e) {
            throw new IllegalArgumentException("--" + name + ": " + file + " cannot be used: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--" + name + ": " + file + " does not exist; check its path");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--" + name + ": " + file + " cannot be read: " + FileTrouble.reading(file, e));
        }
    }

    /** Deletes a directory of files. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
