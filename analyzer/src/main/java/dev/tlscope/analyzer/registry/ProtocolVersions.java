package dev.tlscope.analyzer.registry;

/** ProtocolVersion values with JSSE's names (sun.security.ssl.ProtocolVersion). */
public final class ProtocolVersions {
    public static final int TLS10 = 0x0301;
    public static final int TLS11 = 0x0302;
    public static final int TLS12 = 0x0303;
    public static final int TLS13 = 0x0304;

    private ProtocolVersions() {}

    /** JSSE's name; for GREASE and unassigned values a name with the number in hex. */
    public static String nameOf(int version) {
        return switch (version) {
            case 0x0002 -> "SSLv2Hello";
            case 0x0101 -> "TLCP"; // GB/T 38636, of which TLS has no number
            case 0x0300 -> "SSLv3";
            case TLS10 -> "TLSv1";
            case TLS11 -> "TLSv1.1";
            case TLS12 -> "TLSv1.2";
            case TLS13 -> "TLSv1.3";
            case 0xfeff -> "DTLSv1.0";
            case 0xfefd -> "DTLSv1.2";
            case 0xfefc -> "DTLSv1.3";
            default -> String.format(Registry.isGrease(version) ? "GREASE_0x%04x" : "unassigned_0x%04x", version);
        };
    }

    /** The version with that name, or 0. */
    public static int ofName(String name) {
        for (int version : new int[] {0x0101, 0x0300, TLS10, TLS11, TLS12, TLS13, 0xfeff, 0xfefd, 0xfefc}) {
            if (nameOf(version).equals(name)) {
                return version;
            }
        }
        return 0;
    }

    /** The TLS version whose rules apply: TLS 1.1 for DTLS 1.0 (RFC 4347), TLS 1.2 for DTLS 1.2 (RFC 6347). */
    public static int asTls(int version) {
        return switch (version) {
            case 0xfeff -> TLS11;
            case 0xfefd -> TLS12;
            case 0xfefc -> TLS13;
            default -> version;
        };
    }

    /** True for DTLS, whose versions count downwards from 0xfeff. */
    public static boolean isDtls(int version) {
        return version >>> 8 == 0xfe;
    }
}
