package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What JSSE supports and a client did not offer, or a server does not accept, for one reason.
 *
 * @param values as JSSE names them, those first that servers use most
 * @param limit why
 */
public record NotOffered(Kind kind, List<String> values, OfferLimit limit) {
    private static final int MOST_SHOWN = 8;
    private static final int MOST_REMOVED = 3;

    /** Key exchanges in the order of their use by servers. */
    private static final List<String> EXCHANGES =
            List.of("TLS_ECDHE_RSA_", "TLS_ECDHE_ECDSA_", "TLS_RSA_", "TLS_DHE_RSA_");

    public NotOffered {
        values = kind == Kind.SUITE
                ? values.stream()
                        .sorted(Comparator.comparingInt(NotOffered::rank))
                        .toList()
                : List.copyOf(values);
    }

    private static int rank(String suite) {
        for (int i = 0; i < EXCHANGES.size(); i++) {
            if (suite.startsWith(EXCHANGES.get(i))) {
                return i;
            }
        }
        return suite.contains("_WITH_") ? EXCHANGES.size() : -1;
    }

    /** All values, those that the installation chose to exclude first; empty if the configuration was not captured. */
    public static List<NotOffered> of(Handshake handshake) {
        return handshake.derived().get(All.class, () -> new All(find(handshake))).all;
    }

    private static List<NotOffered> find(Handshake handshake) {
        List<NotOffered> all = new ArrayList<>();
        OfferLimits.all(handshake)
                .forEach((kind, reasons) ->
                        group(reasons).forEach((limit, values) -> all.add(new NotOffered(kind, values, limit))));
        all.sort((one, other) -> one.limit.source().compareTo(other.limit.source()));
        return List.copyOf(all);
    }

    /** The values that are among these. */
    public static List<NotOffered> among(List<NotOffered> all, Collection<String> wanted) {
        return all.stream()
                .map(one -> new NotOffered(
                        one.kind,
                        one.values.stream()
                                .filter(value -> wanted.contains(registered(value)))
                                .toList(),
                        one.limit))
                .filter(one -> !one.values.isEmpty())
                .toList();
    }

    /** JSSE's names of older suites begin with SSL_, those in the registry with TLS_. */
    private static String registered(String value) {
        return value.startsWith("SSL_") ? "TLS_" + value.substring(4) : value;
    }

    public static List<NotOffered> ofKind(List<NotOffered> all, Kind... kinds) {
        return all.stream().filter(one -> List.of(kinds).contains(one.kind)).toList();
    }

    /** True for a limit that a default installation of the JDK has too, which explains little. */
    public boolean isOwnChoice() {
        return !isPolicy() && limit.source() != OfferLimit.Source.JDK;
    }

    /** True for a limit that few installations have; an application's own list is not unusual. */
    public boolean isUnusual() {
        return isOwnChoice()
                && limit.source() != OfferLimit.Source.APPLICATION
                && limit.source() != OfferLimit.Source.OTHER_LIST;
    }

    /** The limits as evidence: one fact per reason, and one for everything that a security property removes. */
    public static List<Evidence> evidence(Handshake handshake, List<NotOffered> all) {
        List<Evidence> facts = new ArrayList<>();
        Map<String, List<String>> removed = new LinkedHashMap<>();
        for (NotOffered one : all) {
            if (one.isPolicy()) {
                removed.computeIfAbsent(one.limit.reason(), any -> new ArrayList<>())
                        .add(Lists.few(one.values, MOST_REMOVED) + " (" + one.limit.fix() + ")");
            } else {
                facts.add(new Evidence(
                        one.plural() + " not " + (handshake.isClient() ? "offered" : "accepted"),
                        Lists.few(one.values, MOST_SHOWN) + ": " + one.limit.reason()));
            }
        }
        removed.forEach((reason, values) -> facts.add(new Evidence(reason, String.join("; ", values))));
        return facts;
    }

    /** The steps of the fix without duplicates; those for the policy as one, at the end. */
    public static List<String> fixes(Handshake handshake, List<NotOffered> all) {
        List<String> steps = new ArrayList<>(all.stream()
                .filter(one -> !one.isPolicy())
                .map(one -> one.limit.fix())
                .filter(step -> !step.isEmpty())
                .distinct()
                .toList());
        List<String> entries = all.stream()
                .filter(NotOffered::isPolicy)
                .map(one -> one.limit.fix())
                .distinct()
                .toList();
        if (!entries.isEmpty()) {
            String peer = handshake.peerRole();
            steps.add("If the " + peer
                    + " has nothing that this JVM's policy allows, have it enable TLSv1.2 or later with ECDHE and"
                    + " AES-GCM; only where that cannot be, remove the entry (" + String.join(", ", entries)
                    + ") from jdk.tls.disabledAlgorithms, in a file that -Djava.security.properties names.");
        }
        return steps;
    }

    public boolean isPolicy() {
        return limit.source() == OfferLimit.Source.POLICY;
    }

    private String plural() {
        return switch (kind) {
            case PROTOCOL -> "versions";
            case SUITE -> "suites";
            case GROUP -> "groups";
            case SIGNATURE_SCHEME -> "signature schemes";
        };
    }

    private static Map<OfferLimit, List<String>> group(Map<String, OfferLimit> reasons) {
        Map<OfferLimit, List<String>> grouped = new LinkedHashMap<>();
        reasons.forEach((name, limit) ->
                grouped.computeIfAbsent(limit, any -> new ArrayList<>()).add(name));
        return grouped;
    }

    static Map<Kind, Map<String, OfferLimit>> none() {
        return new EnumMap<>(Kind.class);
    }

    /** Cached with the handshake, because several causes need it. */
    private record All(List<NotOffered> all) {}
}
