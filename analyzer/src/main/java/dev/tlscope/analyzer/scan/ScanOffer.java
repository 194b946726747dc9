package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.registry.ProtocolVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ClientHello offers. One version at a time, because a server picks the highest.
 *
 * @param version TLS version, such as 0x0303
 * @param groups empty for no supported_groups
 * @param schemes empty for no signature_algorithms
 * @param share the key share of TLS 1.3; null for none, to which a server answers with the group that it wants
 */
record ScanOffer(
        int version,
        @Nullable String serverName,
        List<Integer> suites,
        List<Integer> groups,
        List<Integer> schemes,
        @Nullable KeyShare share) {
    ScanOffer {
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
        schemes = List.copyOf(schemes);
    }

    boolean isTls13() {
        return version == ProtocolVersions.TLS13;
    }

    /** The same with other values of one kind. */
    ScanOffer with(Kind kind, List<Integer> values) {
        return new ScanOffer(
                version,
                serverName,
                kind == Kind.SUITE ? values : suites,
                kind == Kind.GROUP ? values : groups,
                kind == Kind.SCHEME ? values : schemes,
                share);
    }

    /** The same with a key share. */
    ScanOffer with(KeyShare other) {
        return new ScanOffer(version, serverName, suites, groups, schemes, other);
    }

    List<Integer> values(Kind kind) {
        return switch (kind) {
            case SUITE -> suites;
            case GROUP -> groups;
            case SCHEME -> schemes;
        };
    }

    /** What a server picks from a list. */
    enum Kind {
        SUITE,
        GROUP,
        SCHEME
    }
}
