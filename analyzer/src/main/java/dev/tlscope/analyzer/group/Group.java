package dev.tlscope.analyzer.group;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** Failures of one cause and one confidence: how many, from when to when, with whom, about which certificates. */
public final class Group {
    private final Finding example;
    private final Path file;
    private final long connection;
    private final Tally peers = new Tally();
    private final Tally certificates = new Tally();
    private long count;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    Group(Handshake first, Finding example) {
        this.example = example;
        this.file = first.file();
        this.connection = first.connection();
    }

    void add(Handshake handshake) {
        count++;
        firstNanos = Math.min(firstNanos, handshake.failureNanos());
        lastNanos = Math.max(lastNanos, handshake.failureNanos());
        peers.add(peerOf(handshake));
        certificate(handshake, false);
        certificate(handshake, true);
    }

    /** The finding of the first failure of the group. */
    public Finding example() {
        return example;
    }

    /** Where that first failure stands. */
    public Path file() {
        return file;
    }

    public long connection() {
        return connection;
    }

    public long count() {
        return count;
    }

    /** When the earliest failed, nanoseconds since 1970-01-01T00:00:00Z. */
    public long firstNanos() {
        return firstNanos;
    }

    /** When the latest failed. */
    public long lastNanos() {
        return lastNanos;
    }

    public Tally peers() {
        return peers;
    }

    /** Leaf certificates that either side sent, with the side. */
    public Tally certificates() {
        return certificates;
    }

    private void certificate(Handshake handshake, boolean sent) {
        List<X509Certificate> chain = handshake.certificates(sent);
        if (!chain.isEmpty()) {
            String side = sent == handshake.isClient() ? "client's " : "server's ";
            certificates.add(side + Certificates.describe(chain.get(0)));
        }
    }

    /** A server by address, port and name; a client by address alone, for its port is another each time. */
    public static String peerOf(Handshake handshake) {
        String address = handshake.peer();
        if (!handshake.isClient()) {
            return "client " + (address == null ? "of unknown address" : address.replaceFirst(":[0-9]+$", ""));
        }
        String name = handshake.serverName();
        return "server " + (name == null ? "" : name + " ") + (address == null ? "of unknown address" : address);
    }
}
