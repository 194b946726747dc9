package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.EngineEnding;
import dev.tlscope.analyzer.model.Handshake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One fault to fix, and the failures that it causes: their number, period and peers. */
public final class Problem {
    /** The most connections that are listed individually. */
    private static final int MOST_OCCURRENCES = 1_000;

    private final String role;
    private final Actor actor;
    private Finding finding;
    private Path file;
    private long connection;
    private final Map<Confidence, Long> confidences = new EnumMap<>(Confidence.class);
    private final Tally peers = new Tally();
    private final Tally endpoints = new Tally();
    private final Tally processes = new Tally();
    private final List<Occurrence> occurrences = new ArrayList<>();
    private long count;
    private long abandoned;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    Problem(Handshake first, Finding finding, Actor actor) {
        this.role = first.role();
        this.actor = actor;
        this.finding = finding;
        this.file = first.file();
        this.connection = first.connection();
    }

    /** A problem of the whole JVM, which has not made a connection fail yet. */
    Problem(Warning warning, Actor actor) {
        this.role = "";
        this.actor = actor;
        this.finding = warning.finding();
        this.file = warning.file();
        seen(warning.timeNanos());
    }

    void add(Handshake handshake, Finding found, @Nullable CapturedJvm jvm) {
        count++;
        abandoned += handshake.engineEnding() == EngineEnding.GIVEN_UP ? 1 : 0;
        seen(handshake.failureNanos());
        if (found.confidence().compareTo(finding.confidence()) < 0) {
            finding = found;
            file = handshake.file();
            connection = handshake.connection();
        }
        confidences.merge(found.confidence(), 1L, Long::sum);
        peers.add(Parties.peer(handshake));
        endpoints.add(Parties.endpoint(handshake));
        process(jvm);
        if (occurrences.size() < MOST_OCCURRENCES) {
            occurrences.add(new Occurrence(
                    handshake.file(),
                    handshake.connection(),
                    handshake.failureNanos(),
                    Parties.peer(handshake),
                    found.confidence()));
        }
    }

    void warned(Warning warning, @Nullable CapturedJvm jvm) {
        seen(warning.timeNanos());
        process(jvm);
    }

    /** The finding of the first connection with the highest confidence. */
    public Finding finding() {
        return finding;
    }

    /** The file of the connection to which {@link #finding} belongs. */
    public Path file() {
        return file;
    }

    /** The connection to which {@link #finding} belongs; 0 for a problem of the whole JVM. */
    public long connection() {
        return connection;
    }

    /** The captured side: client or server; empty for a problem of the whole JVM. */
    public String role() {
        return role;
    }

    public Actor actor() {
        return actor;
    }

    /** The same in words. */
    public String whoMustAct() {
        String own = role.isEmpty() ? "this JVM" : "this " + role;
        String other = role.equals("client") ? "the server" : role.equals("server") ? "the client" : "the peer";
        return switch (actor) {
            case US -> own;
            case PEER -> other;
            case EITHER -> own + " or " + other;
            case NETWORK -> "what lies between (network, proxy, load balancer), or " + other;
        };
    }

    /** How sure it is, in words; where not all connections are equally sure, how many are how sure. */
    public String certainty() {
        if (confidences.size() < 2) {
            return word(finding.confidence());
        }
        return confidences.entrySet().stream()
                .map(entry -> word(entry.getKey()) + " in " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Number of failed connections; 0 for a problem of the whole JVM, which may make some fail later. */
    public long count() {
        return count;
    }

    /** Number of connections by confidence, the most certain first. */
    public Map<Confidence, Long> confidences() {
        return Collections.unmodifiableMap(confidences);
    }

    /** Time of the earliest failure, nanoseconds since 1970-01-01T00:00:00Z. */
    public long firstNanos() {
        return firstNanos;
    }

    /** Time of the latest failure. */
    public long lastNanos() {
        return lastNanos;
    }

    /**
     * Whether this client gave all of them up, and the same servers made others fail: an application that retries until it is
     * stopped gives its last attempt up.
     */
    boolean isAbandonedAfter(Problem other) {
        return abandoned > 0
                && abandoned == count
                && other.abandoned < other.count
                && role.equals("client")
                && other.peers.entries().stream()
                        .map(Tally.Entry::value)
                        .toList()
                        .containsAll(
                                peers.entries().stream().map(Tally.Entry::value).toList());
    }

    public Tally peers() {
        return peers;
    }

    /** The services: called servers, or ports of this server. */
    public Tally endpoints() {
        return endpoints;
    }

    /** The JVMs in which the problem occurred. */
    public Tally processes() {
        return processes;
    }

    /** The connections in order of time, up to a number. */
    public List<Occurrence> occurrences() {
        return occurrences.stream()
                .sorted(Comparator.comparingLong(Occurrence::timeNanos))
                .toList();
    }

    private void seen(long nanos) {
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
    }

    private void process(@Nullable CapturedJvm jvm) {
        if (jvm != null) {
            processes.add(jvm.toString());
        }
    }

    private static String word(Confidence confidence) {
        return confidence.name().toLowerCase(Locale.ROOT);
    }
}
