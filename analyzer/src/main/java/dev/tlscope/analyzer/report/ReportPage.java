package dev.tlscope.analyzer.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.problem.CaptureTotals;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one self-contained page about any number of handshakes. The page loads nothing, runs no script but its own
 * (allowed by hash in its Content-Security-Policy), and shows captured text only as text.
 */
public final class ReportPage {
    /** In the order of concatenation into the page's single script. */
    private static final List<String> SCRIPTS = List.of(
            "dom.js",
            "data.js",
            "table.js",
            "plots.js",
            "problems.js",
            "overview.js",
            "sequence.js",
            "detail.js",
            "main.js");

    private static final List<String> STYLES =
            List.of("page.css", "problems.css", "overview.css", "table.css", "detail.css");

    private final OutputStream out;
    private final String version;
    private final PageLimits limits;
    private final SecretRedaction shown;
    private final Rows rows = new Rows();
    private final Details details;
    private final Problems problems;
    private final ProblemCards cards;
    private final ShownCertificates certificates = new ShownCertificates();
    private final HostTable hosts;
    private final List<Path> files = new ArrayList<>();
    private final Set<String> troubles = new LinkedHashSet<>();
    private final String end;
    private long completed;
    private long failed;
    private long unfinished;
    private long unlisted;
    private long joinedLate;

    /**
     * Starts the page.
     *
     * @param version of tlscope, for the page's foot
     * @param shown whether the page contains the values of secrets
     * @param jvms of the captures
     */
    public ReportPage(OutputStream out, String version, PageLimits limits, SecretRedaction shown, CapturedJvms jvms)
            throws IOException {
        this.out = out;
        this.version = version;
        this.limits = limits;
        this.shown = shown;
        this.details = new Details(out, limits, shown);
        this.problems = new Problems(jvms);
        this.cards = new ProblemCards(problems);
        this.hosts = new HostTable(jvms);
        String style = resources(STYLES);
        String script = resource("page.js").replace("{{parts}}", resources(SCRIPTS));
        String page = resource("page.html")
                .replace("{{style-hash}}", hash(style))
                .replace("{{script-hash}}", hash(script))
                .replace("{{style}}", style);
        int data = page.indexOf("{{data}}");
        write(page.substring(0, data));
        end = page.substring(data + "{{data}}".length()).replace("{{script}}", script);
    }

    /** Sets the capture that the next handshakes belong to. */
    public void file(Path file) {
        files.add(file);
    }

    /** Adds a sentence that the page's reader must see, such as that a capture is damaged; shown once. */
    public void trouble(String sentence) {
        troubles.add(sentence);
    }

    /** Adds a finding about a JVM as a whole. */
    public void warned(Warning warning) {
        cards.warned(warning);
    }

    /** Adds a handshake of the current file; a failed one has a finding. */
    public void add(Handshake handshake, @Nullable Finding finding) throws IOException {
        if (finding != null) {
            failed++;
        } else if (handshake.completed()) {
            completed++;
        } else {
            unfinished++;
        }
        int problem = finding == null ? -1 : cards.failed(handshake, finding);
        certificates.add(handshake);
        hosts.add(handshake);
        joinedLate += handshake.joinedLate() ? 1 : 0;
        if (rows.size() < limits.rows() && (finding != null || completed + unfinished <= limits.completedRows())) {
            rows.add(handshake, finding, problem, files.size() - 1, details.add(handshake, finding));
        } else {
            unlisted++;
        }
    }

    public long failed() {
        return failed;
    }

    public long all() {
        return completed + failed + unfinished;
    }

    /** Whether the captures have failures only, so that {@link #all} says nothing about how many handshakes there were. */
    public boolean leavesOutCompleted() {
        return problems.jvms().leaveOutCompleted();
    }

    /** Number of connections that the table does not list. */
    public long unlisted() {
        return unlisted;
    }

    /** Number of connections in the table without details, failures included. */
    public long undetailed() {
        return details.undetailedFailures() + details.undetailedOthers();
    }

    /** Number of failures without details. */
    public long undetailedFailures() {
        return details.undetailedFailures();
    }

    /** Ends the page; the stream stays open. */
    public void end() throws IOException {
        details.end();
        Packed index = new Packed("index");
        JsonGenerator json = index.json();
        json.writeStartObject();
        json.writeStringField("version", version);
        json.writeStringField(
                "made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeNumberField("total", all());
        json.writeNumberField("failed", failed);
        json.writeNumberField("unfinished", unfinished);
        json.writeNumberField("undetailedFailures", details.undetailedFailures());
        json.writeNumberField("undetailed", details.undetailedOthers());
        json.writeNumberField("chunk", Details.CHUNK);
        json.writeBooleanField("secrets", shown.secrets());
        json.writeArrayFieldStart("files");
        for (Path file : files) {
            json.writeString(file.toString());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("troubles");
        for (String trouble : troubles) {
            json.writeString(trouble);
        }
        json.writeEndArray();
        boolean leftOut = leavesOutCompleted();
        json.writeBooleanField("completedLeftOut", leftOut);
        json.writeStringField("notKept", leftOut ? CaptureTotals.notKept(problems) : "");
        json.writeNumberField("joinedLate", joinedLate);
        cards.write(json);
        certificates.write(json);
        hosts.write(json);
        rows.write(json);
        json.writeEndObject();
        out.write(index.end());
        write(end);
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resources(List<String> names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(resource(name));
        }
        return all.toString();
    }

    /**
     * Uses the class loader, because Class.getResourceAsStream needs a URL, which the jar's own loader does not have.
     */
    private static String resource(String name) throws IOException {
        try (InputStream in =
                ReportPage.class.getClassLoader().getResourceAsStream("dev/tlscope/analyzer/report/" + name)) {
            if (in == null) {
                throw new IOException("tlscope.jar lacks " + name + "; build or fetch it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
