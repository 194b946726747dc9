package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a hello of a version can offer, in an order of our own: the usual values first. */
final class Offers {
    /** The highest first. */
    static final List<Integer> VERSIONS =
            List.of(ProtocolVersions.TLS13, ProtocolVersions.TLS12, ProtocolVersions.TLS11, ProtocolVersions.TLS10);

    static final int SSL3 = 0x0300;

    /** Groups of TLS 1.3; the hybrid ones of ML-KEM are offered by name, without a share of ours. */
    static final List<Integer> GROUPS_13 = List.of(
            0x11ec, 0x11eb, 0x11ed, 0x001d, 0x0017, 0x001e, 0x0018, 0x0019, 0x001f, 0x0020, 0x0021, 0x0100, 0x0101,
            0x0102, 0x0103, 0x0104, 0x0200, 0x0201, 0x0202);

    /** Groups of ECDHE up to TLS 1.2. */
    static final List<Integer> GROUPS_12 = Stream.of(
                    Stream.of(0x001d, 0x0017, 0x001e, 0x0018, 0x0019),
                    IntStream.rangeClosed(0x0001, 0x0016).boxed(),
                    Stream.of(0x001a, 0x001b, 0x001c))
            .flatMap(groups -> groups)
            .toList();

    /** All signature schemes that a certificate of a server can be used with. */
    static final List<Integer> SCHEMES = List.of(
            0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x081a, 0x081b,
            0x081c, 0x0904, 0x0905, 0x0906, 0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302,
            0x0202);

    private static final List<Integer> SUITES = IntStream.rangeClosed(1, 0xffff)
            .boxed()
            .filter(CipherSuites::canBeChosen)
            .filter(suite -> CipherSuites.nameOf(suite).startsWith("TLS_"))
            .toList();

    private Offers() {}

    /** Everything in that version. */
    static ScanOffer all(int version, @Nullable String serverName) {
        boolean tls13 = version == ProtocolVersions.TLS13;
        return new ScanOffer(
                version,
                serverName,
                suites(version),
                tls13 ? GROUPS_13 : GROUPS_12,
                version >= ProtocolVersions.TLS12 ? SCHEMES : List.of(),
                null);
    }

    private static List<Integer> suites(int version) {
        return SUITES.stream()
                .filter(suite -> {
                    String name = CipherSuites.nameOf(suite);
                    boolean tls13 = !name.contains("_WITH_");
                    return tls13 == (version == ProtocolVersions.TLS13)
                            && !needsMore(name)
                            && (version >= ProtocolVersions.TLS12 || !needsTls12(name));
                })
                .sorted(Comparator.comparingInt(Offers::rank))
                .toList();
    }

    /** Suites that need what a scan does not have: a shared key, a password, a ticket of Kerberos. */
    private static boolean needsMore(String name) {
        return name.contains("PSK_") || name.contains("_SRP_") || name.contains("_KRB5_") || name.contains("_ECCPWD_");
    }

    /** RFC 5246, 1.2: suites with another PRF than MD5 and SHA-1 begin with TLS 1.2. */
    private static boolean needsTls12(String name) {
        return name.endsWith("SHA256") || name.endsWith("SHA384") || name.contains("_CCM") || name.contains("_GCM_");
    }

    /** Forward secrecy and AEAD first, for servers that take the client's first. */
    private static int rank(int suite) {
        String name = CipherSuites.nameOf(suite);
        int rank = name.startsWith("TLS_ECDHE_")
                ? 0
                : name.startsWith("TLS_DHE_") ? 10 : name.startsWith("TLS_RSA_") ? 20 : 30;
        return rank + (name.contains("_GCM_") || name.contains("POLY1305") ? 0 : name.contains("_AES_") ? 3 : 6);
    }
}
