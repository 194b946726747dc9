package dev.tlscope.analyzer.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.check.CheckSettings;
import dev.tlscope.analyzer.check.CheckedStore;
import dev.tlscope.analyzer.check.CheckedStore.CheckedEntry;
import dev.tlscope.analyzer.check.JdkPolicy;
import dev.tlscope.analyzer.check.ServedNames;
import dev.tlscope.analyzer.check.StoreChecks;
import dev.tlscope.analyzer.check.StoreFault;
import dev.tlscope.analyzer.check.StoreFault.Severity;
import dev.tlscope.analyzer.check.TrustOfChain;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.json.StoreJson;
import dev.tlscope.analyzer.render.StoreText;
import dev.tlscope.analyzer.store.Passwords;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import dev.tlscope.analyzer.store.StoreException;
import dev.tlscope.analyzer.store.StoreReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: what is wrong in key stores, trust stores and PEM files, before a handshake fails for it. */
@Command(
        name = "check",
        description = "Checks key stores, trust stores, PEM files and Kubernetes secrets before a handshake fails.",
        footer = {
            "",
            "Each private key must belong to its certificate, each chain be in order and",
            "complete, each certificate be valid, have the usages and names it needs, and",
            "pass a JDK's policy. Passwords: those in --password-file, then changeit.",
            "Private keys are compared and never written.",
            "",
            "Examples:",
            "  tlscope check keystore.p12 --password-file pass.txt --name www.example.org",
            "      everything about the key and its chain, and whether it is for that host",
            "  tlscope check /etc/tls --within 30d",
            "      all stores and PEM files below a directory; keys find their certificates",
            "  tlscope check truststore.jks --chain partner.pem",
            "      what the trust store lacks for the chain that a partner sends",
            "  tlscope check server.pem --jdk /usr/lib/jvm/java-25",
            "      what the policy of another JDK refuses in it",
            "  kubectl get secret web-tls -o yaml | tlscope check -",
            "      a secret of the type kubernetes.io/tls"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no error and no warning",
            "1:an error or a warning, or a file could not be read",
            "2:wrong usage"
        })
final class CheckCommand implements Callable<Integer> {
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d?");
    private static final Path STANDARD_INPUT = Path.of("-");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "STORE|PEM|DIR",
            description = "files, or directories of them; - for standard input")
    private List<Path> places = new ArrayList<>();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "file with passwords of stores and keys, one a line; repeatable")
    private List<Path> passwordFiles = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description = "host that the certificates must be valid for; repeatable")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--within",
            paramLabel = "DAYS",
            defaultValue = "30d",
            description = "warn of certificates that expire in that time; default: 30d")
    private String within = "30d";

    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "JDK or JRE whose policy and trust store count; default: this JVM's")
    private @Nullable Path jdk;

    @Option(
            names = "--chain",
            paramLabel = "PEM",
            description = "a peer's chain, leaf first, that each trust store must accept")
    private @Nullable Path chain;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private CaptureCommand.Format format = CaptureCommand.Format.text;

    @Mixin
    private ColourOption colour = new ColourOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec().commandLine().getOut();
        PrintWriter err = spec().commandLine().getErr();
        Duration soon = days();
        StoreReader reader = new StoreReader(passwords());
        List<X509Certificate> peer = peer(reader);
        List<Store> stores = new ArrayList<>();
        boolean read = true;
        for (Path place : files(err)) {
            Store store = read(place, reader, err);
            read &= store != null;
            if (store != null) {
                stores.add(store);
            }
        }
        CheckSettings settings =
                new CheckSettings(Instant.now(), soon, names, policy(), stores, JdkAnchors.of(jdk, reader));
        List<CheckedStore> checked =
                stores.stream().map(store -> check(store, settings, peer)).toList();
        print(checked, out);
        boolean compared = names.isEmpty()
                || stores.stream()
                        .anyMatch(store -> store.entries().stream()
                                .anyMatch(entry -> ServedNames.isCompared(store, entry, settings)));
        if (!compared && !stores.isEmpty()) {
            err.println(
                    "tlscope: no certificate was compared with --name: none here is a server's; name the file of its"
                            + " certificate, or of its key too");
        }
        boolean sound =
                checked.stream().allMatch(store -> store.count(Severity.ERROR) + store.count(Severity.WARNING) == 0);
        return read && sound && compared && !stores.isEmpty() ? CaptureFiles.OK : CaptureFiles.FAILED;
    }

    private static CheckedStore check(Store store, CheckSettings settings, List<X509Certificate> peer) {
        List<CheckedEntry> entries = store.entries().stream()
                .map(entry -> new CheckedEntry(entry, StoreChecks.of(store, entry, settings)))
                .toList();
        List<StoreFault> faults = new ArrayList<>();
        List<X509Certificate> anchors = TrustOfChain.anchors(store);
        if (!peer.isEmpty() && !anchors.isEmpty()) {
            TrustOfChain.check(anchors, peer, settings.now()).ifPresent(faults::add);
        }
        if (store.isKeyStore() && store.entries().isEmpty()) {
            faults.add(StoreFault.empty());
        }
        return new CheckedStore(store, entries, faults);
    }

    private void print(List<CheckedStore> checked, PrintWriter out) throws IOException {
        if (format == CaptureCommand.Format.json) {
            try (JsonGenerator json = Json.pretty(out)) {
                json.writeStartArray();
                for (CheckedStore store : checked) {
                    StoreJson.write(store, json);
                }
                json.writeEndArray();
            }
            out.println();
        } else {
            StoreText text = new StoreText(out, colour.style());
            checked.forEach(text::write);
            int errors = checked.stream()
                    .mapToInt(store -> store.count(Severity.ERROR))
                    .sum();
            int warnings = checked.stream()
                    .mapToInt(store -> store.count(Severity.WARNING))
                    .sum();
            if (!checked.isEmpty()) {
                out.println(counted(checked.size(), "file") + ": " + counted(errors, "error") + ", "
                        + counted(warnings, "warning"));
            }
        }
        out.flush();
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** The files that were named, and those in directories that look like a store. */
    private List<Path> files(PrintWriter err) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                files.add(place);
                continue;
            }
            int before = files.size();
            try (Stream<Path> below = Files.walk(place)) {
                for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
                    if (Files.isReadable(file) && StoreReader.isStore(file)) {
                        files.add(file);
                    } else if (!Files.isReadable(file)) {
                        err.println("tlscope: " + file + " cannot be read: "
                                + FileTrouble.reading(file, new AccessDeniedException(file.toString())));
                    }
                }
            }
            if (files.size() == before) {
                err.println("tlscope: " + place + " has no key store, PEM file or secret; name one");
            }
        }
        return files;
    }

    private static @Nullable Store read(Path file, StoreReader reader, PrintWriter err) {
        try {
            return file.equals(STANDARD_INPUT) ? reader.read(file, System.in.readAllBytes()) : reader.read(file);
        } catch (StoreException e) {
            err.println("tlscope: " + file + " cannot be checked: " + e.getMessage());
        } catch (IOException e) {
            err.println("tlscope: " + file + " cannot be read: "
                    + (e instanceof NoSuchFileException
                            ? "it does not exist; check its path"
                            : FileTrouble.reading(file, e)));
        }
        return null;
    }

    private List<X509Certificate> peer(StoreReader reader) throws IOException {
        Path file = chain;
        if (file == null) {
            return List.of();
        }
        try {
            List<X509Certificate> certificates = reader.read(file).entries().stream()
                    .map(StoreEntry::chain)
                    .flatMap(List::stream)
                    .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (StoreException e) {
            throw wrong("--chain: " + file + " cannot be read: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw wrong("--chain: " + file + " does not exist; check its path");
        }
        throw wrong("--chain: " + file + " has no certificate; name the chain that the peer sends, in PEM");
    }

    private Passwords passwords() throws IOException {
        List<char[]> given = new ArrayList<>();
        for (Path file : passwordFiles) {
            try {
                for (String line : Files.readAllLines(file)) {
                    if (!line.isEmpty()) {
                        given.add(line.toCharArray());
                    }
                }
            } catch (NoSuchFileException e) {
                throw wrong("--password-file: " + file + " does not exist; check its path");
            }
        }
        return new Passwords(given);
    }

    private JdkPolicy policy() throws IOException {
        Path home = jdk;
        try {
            return home == null ? JdkPolicy.ofThisJvm() : JdkPolicy.ofHome(home);
        } catch (NoSuchFileException e) {
            throw wrong("--jdk: " + home + " is no JDK or JRE: " + e.getMessage()
                    + " does not exist; name its home directory");
        }
    }

    private Duration days() {
        Matcher days = DAYS.matcher(within);
        if (!days.matches()) {
            throw wrong("--within: " + within + " is no number of days; such as 30d");
        }
        return Duration.ofDays(Integer.parseInt(days.group(1)));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        CommandSpec set = spec;
        if (set == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        return set;
    }
}
