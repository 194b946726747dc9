package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What a server takes, beside what a client's ClientHello offers, by version. */
public record CommonGround(List<CommonVersion> versions) {
    private static final String SUITES = "cipher suite";
    private static final String GROUPS = "group";
    private static final String SCHEMES = "signature scheme";
    private static final int MOST_NAMES = 8;

    public CommonGround {
        versions = List.copyOf(versions);
    }

    /**
     * One version.
     *
     * @param offered whether the client offers it
     * @param parts cipher suites, groups and signature schemes; empty if the server refuses the version
     */
    public record CommonVersion(ScannedVersion scanned, boolean offered, List<Part> parts) {
        public CommonVersion {
            parts = List.copyOf(parts);
        }

        public String name() {
            return ProtocolVersions.nameOf(scanned.version());
        }

        /** True if both sides have the version, and something of each kind that it needs. */
        public boolean isCommon() {
            return offered && scanned.isTaken() && lacking().isEmpty();
        }

        /** The kinds that each common suite needs, and of which nothing is in common. */
        public List<Part> lacking() {
            List<String> suites = parts.isEmpty() ? List.of() : parts.get(0).both();
            return parts.stream()
                    .filter(part -> part.both().isEmpty() && (part.kind().equals(SUITES) || isNeeded(part, suites)))
                    .toList();
        }

        /** Up to TLS 1.2 the suite says whether there is a key exchange in a group, and a signature (RFC 5246, 7.4.3). */
        private static boolean isNeeded(Part part, List<String> suites) {
            boolean group = part.kind().equals(GROUPS);
            return !part.client().isEmpty()
                    && suites.stream()
                            .allMatch(suite -> !suite.contains("_WITH_")
                                    || suite.startsWith("TLS_ECDHE_")
                                    || (!group && suite.startsWith("TLS_DHE_")));
        }
    }

    /**
     * Values of one kind, by name.
     *
     * @param server what the server takes, in the order in which it picked
     * @param client what the client offers; empty if it offers no list of that kind
     */
    public record Part(String kind, List<String> server, List<String> client) {
        public Part {
            server = List.copyOf(server);
            client = List.copyOf(client);
        }

        /** What both have. */
        public List<String> both() {
            return server.stream().filter(client::contains).toList();
        }

        /** What only the server has. */
        public List<String> serverOnly() {
            return server.stream().filter(name -> !client.contains(name)).toList();
        }

        /** What only the client has. */
        public List<String> clientOnly() {
            return client.stream().filter(name -> !server.contains(name)).toList();
        }
    }

    /** Compares them. */
    public static CommonGround of(List<ScannedVersion> scanned, Hello hello) {
        List<String> offered = hello.offeredVersions();
        List<CommonVersion> versions = new ArrayList<>();
        for (ScannedVersion version : scanned) {
            boolean isOffered = offered.contains(ProtocolVersions.nameOf(version.version()));
            versions.add(new CommonVersion(version, isOffered, version.isTaken() ? parts(version, hello) : List.of()));
        }
        return new CommonGround(versions);
    }

    /** True if there is no version that both have in full. */
    public boolean isEmpty() {
        return versions.stream().noneMatch(CommonVersion::isCommon);
    }

    /** What they have in common, or why nothing, in one sentence. */
    public String sentence(String client) {
        List<String> common = versions.stream()
                .filter(CommonVersion::isCommon)
                .map(version -> version.name() + " with "
                        + String.join(
                                ", ",
                                version.parts().stream()
                                        .filter(part -> !part.both().isEmpty())
                                        .map(part -> counted(part.both().size(), part.kind()))
                                        .toList()))
                .toList();
        if (!common.isEmpty()) {
            return "In common: " + String.join("; ", common) + ".";
        }
        List<CommonVersion> taken =
                versions.stream().filter(version -> version.scanned().isTaken()).toList();
        if (taken.isEmpty()) {
            return "The server took no ClientHello of any version.";
        }
        List<String> both = new ArrayList<>();
        for (CommonVersion version : taken) {
            if (version.offered()) {
                for (Part part : version.lacking()) {
                    both.add("in " + version.name() + " no " + part.kind() + ", because the server takes "
                            + some(part.server()) + ", and " + client + " offers "
                            + (part.client().isEmpty() ? "none" : some(part.client())));
                }
            }
        }
        return both.isEmpty()
                ? "Nothing in common: the server takes "
                        + String.join(
                                ", ", taken.stream().map(CommonVersion::name).toList()) + "; " + client
                        + " offers none of them."
                : "Nothing in common: " + String.join("; ", both) + ".";
    }

    private static String counted(int count, String kind) {
        return count + " " + kind + (count == 1 ? "" : "s");
    }

    private static String some(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private static List<Part> parts(ScannedVersion version, Hello hello) {
        boolean tls13 = version.version() == ProtocolVersions.TLS13;
        List<Integer> suites = hello.cipherSuites().stream()
                .filter(CipherSuites::canBeChosen)
                .filter(suite -> CipherSuites.nameOf(suite).contains("_WITH_") != tls13)
                .toList();
        List<Part> parts = new ArrayList<>();
        parts.add(part(SUITES, version.suites(), suites, CipherSuites::nameOf));
        if (!version.groups().isEmpty()) {
            parts.add(part(GROUPS, version.groups(), hello.groups(), NamedGroups::nameOf));
        }
        if (!version.schemes().isEmpty()) {
            parts.add(part(SCHEMES, version.schemes(), hello.signatureSchemes(), SignatureSchemes::nameOf));
        }
        return parts;
    }

    private static Part part(String kind, List<Integer> server, List<Integer> client, IntFunction<String> names) {
        return new Part(
                kind,
                server.stream().map(names::apply).toList(),
                client.stream().map(names::apply).toList());
    }
}
