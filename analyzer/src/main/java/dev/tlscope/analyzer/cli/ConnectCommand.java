package dev.tlscope.analyzer.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.connect.ProbeJvm;
import dev.tlscope.analyzer.connect.ProbeOrder;
import dev.tlscope.analyzer.connect.ProbeStep;
import dev.tlscope.analyzer.file.CaptureDirectory;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.json.ScanJson;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.render.Ladder;
import dev.tlscope.analyzer.render.PrintableText;
import dev.tlscope.analyzer.render.ScanText;
import dev.tlscope.analyzer.render.SessionText;
import dev.tlscope.analyzer.render.Style;
import dev.tlscope.analyzer.render.TextReport;
import dev.tlscope.analyzer.scan.CommonGround;
import dev.tlscope.analyzer.scan.ServerScan;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.transport.Destination;
import dev.tlscope.transport.NoTransportException;
import dev.tlscope.transport.TcpTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code connect}: handshakes from this machine with a JDK's own TLS, explained, and a scan of what the server takes. */
@Command(
        name = "connect",
        description = "Connects to a server with a JDK's own TLS, shows the handshake, and explains why it fails.",
        footer = {
            "",
            "The JDK connects in a JVM of its own, with the agent in it. Traffic goes to",
            "HOST:PORT and nowhere else. A store's password comes from a file or from the",
            "environment, then changeit is tried.",
            "",
            "Examples:",
            "  tlscope connect www.example.org:443",
            "      the handshake, message by message, the session and the chain",
            "  tlscope connect db.example.org:5432 --starttls postgres --like 4711",
            "      as the JVM 4711 would connect",
            "  tlscope connect api.example.org:443 --scan --jdk /usr/lib/jvm/java-8",
            "      what the server takes, beside what that JDK offers",
            "  tlscope connect api.example.org:443 --count 20",
            "      which backend of a balancer is the odd one",
            "  tlscope connect mq.example.org:5671 --keystore me.p12 --password-env PASS",
            "      with a certificate of the client"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each handshake completed",
            "1:a handshake failed, or the JVM that connects could not do it",
            "2:wrong usage",
            "4:no connection on which TLS could begin"
        })
final class ConnectCommand implements Callable<Integer> {
    private static final int UNREACHED = 4;

    private final Function<List<String>, Map<String, String>> client;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "HOST:PORT", description = "the server; [ADDRESS]:PORT for IPv6")
    private String server = "";

    @Option(names = "--scan", description = "find what the server takes: versions, suites, groups, signature schemes")
    private boolean scan;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "connect N times, each with a session of its own")
    private int count = 1;

    @Option(names = "--out", paramLabel = "DIR", description = "keep the capture there; default: it is deleted")
    private @Nullable Path out;

    @Option(names = "--secrets", description = "capture secrets too, so that Wireshark decrypts what --out keeps")
    private boolean secrets;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private CaptureCommand.Format format = CaptureCommand.Format.text;

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    @Mixin
    private ColourOption colour = new ColourOption();

    private final List<ProbeStep> steps = new ArrayList<>();
    private final Map<Handshake, @Nullable Finding> handshakes = new LinkedHashMap<>();

    /** @param client reaches running JVMs */
    ConnectCommand(Function<List<String>, Map<String, String>> client) {
        this.client = client;
    }

    /** A scan and what it is compared with. */
    private record Scanned(ServerScan.Result result, CommonGround ground) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter text = spec().commandLine().getOut();
        PrintWriter err = spec().commandLine().getErr();
        Path directory = Files.createTempDirectory("tlscope-");
        try {
            Destination to = options.destination(server);
            if (count < 1) {
                throw new IllegalArgumentException("--count is 1 or more");
            }
            ConnectOrder maker = new ConnectOrder(options, client, err);
            ProbeOrder order = maker.make(to, count, directory);
            return run(order, maker.who(), to, directory, text, err);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()));
        } finally {
            ConnectOrder.delete(directory);
        }
    }

    private int run(ProbeOrder order, String who, Destination to, Path directory, PrintWriter text, PrintWriter err)
            throws IOException {
        Path captures = out == null ? directory.resolve("captures") : out.toAbsolutePath();
        boolean live = format == CaptureCommand.Format.text;
        try {
            ProbeJvm.run(order, directory, captures, secrets, step -> take(step, live ? text : err, live));
        } catch (IOException e) {
            err.println("tlscope: " + e.getMessage());
            return CaptureFiles.FAILED;
        }
        read(captures, err);
        Scanned scanned = scan && !handshakes.isEmpty() ? scan(to, err) : null;
        if (live) {
            print(to, who, scanned, text);
        } else {
            json(to, scanned, text);
        }
        text.flush();
        return exitCode(scanned);
    }

    /** Shows a step of the JVM that connects at once. */
    private void take(ProbeStep step, PrintWriter text, boolean live) {
        steps.add(step);
        String number = count == 1 ? "" : step.turn() + 1 + ": ";
        switch (step.word()) {
            case unreached, unusable -> spec().commandLine().getErr().println("tlscope: " + number + step.value(0));
            case connected -> {
                if (live && count == 1) {
                    text.println("connected to " + step.value(0) + " port " + step.value(1) + " in "
                            + Long.parseLong(step.value(3)) / 1_000_000 + " ms");
                }
            }
            case said -> {
                if (live && count == 1) {
                    text.println(PrintableText.of(step.value(0)));
                }
            }
            default -> {
                // the capture has more
            }
        }
        text.flush();
    }

    private void read(Path captures, PrintWriter err) throws IOException {
        if (!Files.isDirectory(captures)) {
            return;
        }
        List<Path> files = OldestFirst.of(CaptureDirectory.captures(captures, (inner, e) -> {}));
        try (Progress progress = Progress.of(files, err, false)) {
            Explaining explaining =
                    new Explaining(Verdicts.of(files, err), Selection.ALL, new CapturedJvms(), err, progress);
            for (Path file : files) {
                explaining.read(file, null, explained -> {
                    if (isOurs(explained.handshake())) {
                        handshakes.put(explained.handshake(), explained.finding());
                    }
                });
            }
        }
    }

    /** The directory may have captures of before: ours are those from the local ports of these connections. */
    private boolean isOurs(Handshake handshake) {
        String local = String.valueOf(handshake.local());
        return steps.stream()
                .anyMatch(step -> step.word() == ProbeStep.Word.connected && local.endsWith(":" + step.value(2)));
    }

    private @Nullable Scanned scan(Destination to, PrintWriter err) {
        Optional<Hello> hello = handshakes.keySet().stream()
                .flatMap(handshake -> handshake.clientHello().stream())
                .findFirst();
        if (hello.isEmpty()) {
            err.println("tlscope: not scanned: the JDK sent no ClientHello to compare with");
            return null;
        }
        try {
            ServerScan.Result result = ServerScan.scan(
                    new TcpTransport(to, line -> {}),
                    options.sentName(to),
                    (version, number) -> progress(err, version, number));
            clear(err);
            if (result.trouble() != null) {
                err.println("tlscope: not scanned: " + result.trouble());
                return null;
            }
            return new Scanned(result, CommonGround.of(result.versions(), hello.get()));
        } catch (NoTransportException e) {
            clear(err);
            err.println("tlscope: the scan ended: " + e.getMessage());
            return null;
        }
    }

    private static void progress(PrintWriter err, String version, int number) {
        if (Terminal.isErrorThere()) {
            err.print("\r\u001b[Kscanning " + version + ", connection " + number);
            err.flush();
        }
    }

    private static void clear(PrintWriter err) {
        if (Terminal.isErrorThere()) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private void print(Destination to, String who, @Nullable Scanned scanned, PrintWriter text) {
        Style style = colour.style();
        SessionText session = new SessionText(text, style);
        TextReport report = new TextReport(text, style, new Problems(new CapturedJvms()), false);
        if (count > 1) {
            session.groups(handshakes, (int)
                    steps.stream().filter(ConnectCommand::isUnreached).count());
        }
        Set<String> explained = new HashSet<>();
        handshakes.forEach((handshake, finding) -> {
            if (count == 1) {
                Ladder ladder = new Ladder(text, style, false, secrets);
                (out == null ? ladder.withoutFile() : ladder).show(handshake, null);
            }
            if (finding != null && explained.add(finding.cause().id() + finding.summary())) {
                report.explain(handshake, finding);
            } else if (count == 1 && handshake.completed()) {
                session.session(handshake);
            }
        });
        if (scanned != null) {
            new ScanText(text, style, client(who))
                    .write(scanned.ground(), to.toString(), scanned.result().connections());
        }
    }

    /** The JDK that connected, and the JVM whose settings it had. */
    private String client(String like) {
        String version = handshakes.keySet().stream()
                .flatMap(handshake -> Optional.ofNullable(handshake.configuration()).stream())
                .flatMap(configuration -> configuration.property("java.runtime.version").stream())
                .findFirst()
                .orElse("");
        return ("JDK " + version + " " + like).strip();
    }

    private void json(Destination to, @Nullable Scanned scanned, PrintWriter text) throws IOException {
        try (JsonGenerator json = Json.pretty(text)) {
            json.writeStartObject();
            json.writeStringField("server", to.toString());
            json.writeArrayFieldStart("notConnected");
            for (ProbeStep step : steps) {
                if (isUnreached(step)) {
                    json.writeString(step.value(0));
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("handshakes");
            for (Map.Entry<Handshake, @Nullable Finding> one : handshakes.entrySet()) {
                new HandshakeJson(json, null).write(one.getKey(), one.getValue());
            }
            json.writeEndArray();
            json.writeFieldName("scan");
            if (scanned == null) {
                json.writeNull();
            } else {
                ScanJson.write(scanned.ground(), scanned.result().connections(), json);
            }
            json.writeEndObject();
        }
        text.println();
    }

    private int exitCode(@Nullable Scanned scanned) {
        if (steps.stream().anyMatch(ConnectCommand::isUnreached)) {
            return UNREACHED;
        }
        boolean completed = steps.stream()
                        .filter(step -> step.word() == ProbeStep.Word.completed)
                        .count()
                == count;
        return completed && (scan ? scanned != null && !scanned.ground().isEmpty() : true)
                ? CaptureFiles.OK
                : CaptureFiles.FAILED;
    }

    private static boolean isUnreached(ProbeStep step) {
        return step.word() == ProbeStep.Word.unreached;
    }

    private CommandSpec spec() {
        CommandSpec set = spec;
        if (set == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        return set;
    }
}
