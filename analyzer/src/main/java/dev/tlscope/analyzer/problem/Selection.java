package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects connections. An empty or null criterion excludes nothing.
 *
 * @param peers addresses with or without port, or names, of the peer; {@code *} stands for any characters
 * @param names requested names, with the same wildcard
 * @param causes ids of causes
 * @param sinceNanos the earliest end of a connection, nanoseconds since 1970-01-01T00:00:00Z
 * @param untilNanos the latest beginning
 * @param role client or server: the captured side
 */
public record Selection(
        List<String> peers,
        List<String> names,
        Set<String> causes,
        long sinceNanos,
        long untilNanos,
        @Nullable String role) {
    public static final Selection ALL =
            new Selection(List.of(), List.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, null);

    /** True when nothing is excluded. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** The same, of those alone that ended at that time or later. */
    public Selection since(long nanos) {
        return new Selection(peers, names, causes, Math.max(sinceNanos, nanos), untilNanos, role);
    }

    /** True when the selection depends on the finding. */
    public boolean needsCause() {
        return !causes.isEmpty();
    }

    /**
     * Whether a connection is selected.
     *
     * @param finding why it failed; null when it did not
     */
    public boolean takes(Handshake handshake, @Nullable Finding finding) {
        return takes(handshake) && (causes.isEmpty() || (finding != null && takes(finding)));
    }

    /** Whether a finding about the whole JVM is selected: not if the selection is for a peer, name or side. */
    public boolean takes(Warning warning) {
        return role == null
                && peers.isEmpty()
                && names.isEmpty()
                && takes(warning.finding())
                && warning.timeNanos() >= sinceNanos
                && warning.timeNanos() <= untilNanos;
    }

    /** Whether a connection is selected, apart from its cause. */
    public boolean takes(Handshake handshake) {
        return (role == null || role.equals(handshake.role()))
                && handshake.failureNanos() >= sinceNanos
                && handshake.timeNanos() <= untilNanos
                && (peers.isEmpty() || peers.stream().anyMatch(peer -> isPeer(handshake, peer)))
                && (names.isEmpty()
                        || names.stream()
                                .anyMatch(name ->
                                        Parties.hosts(handshake).stream().anyMatch(host -> matches(name, host))));
    }

    private boolean takes(Finding finding) {
        return causes.isEmpty() || causes.contains(finding.cause().id());
    }

    private static boolean isPeer(Handshake handshake, String wanted) {
        String address = handshake.peer();
        if (address != null && (matches(wanted, address) || matches(wanted, unbracketed(Parties.host(address))))) {
            return true;
        }
        return handshake.isClient()
                && Parties.hosts(handshake).stream()
                        .anyMatch(host -> matches(wanted, host) || matches(wanted, Parties.endpoint(handshake)));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean matches(String wanted, String value) {
        StringBuilder pattern = new StringBuilder();
        for (String part : wanted.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return value.toLowerCase(Locale.ROOT).matches(pattern.toString());
    }
}
