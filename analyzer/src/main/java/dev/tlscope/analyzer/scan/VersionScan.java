package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.scan.ScanOffer.Kind;
import dev.tlscope.transport.NoTransportException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a server takes in one version. Each answer names what it picked of several lists at once; what it picked is left out of the next
 * offer. When it refuses, the lists are tried one by one, each beside everything that it takes of the others: what it still refuses then
 * is what it does not take.
 */
final class VersionScan {
    private final ScanConnections connections;
    private final ScanOffer all;
    private final Map<Kind, Set<Integer>> taken = new EnumMap<>(Kind.class);
    private List<X509Certificate> chain = List.of();

    VersionScan(ScanConnections connections, ScanOffer all) {
        this.connections = connections;
        this.all = all;
        for (Kind kind : Kind.values()) {
            taken.put(kind, new LinkedHashSet<>());
        }
    }

    /** Scans it. */
    ScannedVersion run() throws NoTransportException {
        HelloAnswer first = connections.ask(all);
        if (!first.isTaken()) {
            return ScannedVersion.refused(all.version(), first);
        }
        HelloAnswer answer = first;
        while (learn(answer)) {
            answer = connections.ask(remaining());
        }
        rest(Kind.SUITE, remainingOf(all, Kind.SUITE));
        groups();
        schemes();
        return new ScannedVersion(
                all.version(),
                found(Kind.SUITE),
                // before TLS 1.2 what else a server takes is not asked for
                all.version() < ProtocolVersions.TLS12 ? List.of() : found(Kind.GROUP),
                found(Kind.SCHEME),
                chain,
                "",
                false);
    }

    /** True if something new was picked. */
    private boolean learn(HelloAnswer answer) {
        boolean news = false;
        if (chain.isEmpty()) {
            chain = answer.chain();
        }
        for (Kind kind : Kind.values()) {
            OptionalInt picked = answer.picked(kind);
            news |= picked.isPresent() && set(kind).add(picked.getAsInt());
        }
        return news;
    }

    /** Everything that was not picked; of a kind of which all were picked, everything. */
    private ScanOffer remaining() {
        ScanOffer offer = all;
        for (Kind kind : Kind.values()) {
            offer = remainingOf(offer, kind);
        }
        return offer;
    }

    private ScanOffer remainingOf(ScanOffer offer, Kind kind) {
        List<Integer> left = left(kind);
        return left.isEmpty() ? offer : offer.with(kind, left);
    }

    private List<Integer> left(Kind kind) {
        List<Integer> left = new ArrayList<>(all.values(kind));
        left.removeAll(set(kind));
        return left;
    }

    /** Goes on with one kind until nothing new of it is picked. */
    private void rest(Kind kind, ScanOffer from) throws NoTransportException {
        ScanOffer offer = from;
        while (!left(kind).isEmpty()) {
            HelloAnswer answer = connections.ask(offer);
            boolean news = answer.picked(kind).isPresent()
                    && !set(kind).contains(answer.picked(kind).getAsInt());
            learn(answer);
            if (!news) {
                return;
            }
            offer = offer.with(kind, left(kind));
        }
    }

    private void groups() throws NoTransportException {
        ScanOffer ephemeral = all.with(Kind.SUITE, suites("TLS_ECDHE_", "TLS_ECDH_anon_"));
        if (all.isTls13()) {
            rest(Kind.GROUP, all.with(Kind.SUITE, found(Kind.SUITE)).with(Kind.GROUP, left(Kind.GROUP)));
        } else if (!ephemeral.suites().isEmpty() && all.version() == ProtocolVersions.TLS12) {
            rest(Kind.GROUP, ephemeral.with(Kind.GROUP, left(Kind.GROUP)));
            // up to TLS 1.2 the groups count for the certificate's own curve too (RFC 8422, 5.1): what was picked
            // stays, at the end
            Set<Integer> before;
            do {
                before = new LinkedHashSet<>(set(Kind.GROUP));
                List<Integer> order = left(Kind.GROUP);
                order.addAll(before);
                learn(connections.ask(ephemeral.with(Kind.GROUP, order)));
            } while (set(Kind.GROUP).size() > before.size());
        }
    }

    private void schemes() throws NoTransportException {
        if (all.isTls13()) {
            ScanOffer offer = all.with(Kind.SUITE, found(Kind.SUITE)).with(Kind.GROUP, found(Kind.GROUP));
            KeyShare share = KeyShare.of(found(Kind.GROUP)).orElse(null);
            if (share != null) {
                rest(Kind.SCHEME, offer.with(Kind.GROUP, List.of(share.group())).with(share));
            }
        } else if (all.version() == ProtocolVersions.TLS12) {
            List<Integer> signed = suites("TLS_ECDHE_", "TLS_DHE_");
            if (!signed.isEmpty()) {
                rest(Kind.SCHEME, all.with(Kind.SUITE, signed).with(Kind.SCHEME, left(Kind.SCHEME)));
            }
        }
    }

    private List<Integer> suites(String... prefixes) {
        return found(Kind.SUITE).stream()
                .filter(suite -> {
                    String name = CipherSuites.nameOf(suite);
                    return Arrays.stream(prefixes).anyMatch(name::startsWith);
                })
                .toList();
    }

    private List<Integer> found(Kind kind) {
        return List.copyOf(set(kind));
    }

    private Set<Integer> set(Kind kind) {
        return Objects.requireNonNull(taken.get(kind));
    }
}
