package dev.tlscope.tls;

import org.jspecify.annotations.Nullable;

/** Key log labels (RFC 9850, 2) and the names that JSSE gives the same secrets (SSLSecretDerivation.SecretSchedule). */
public enum SecretLabel {
    /** Master secret of TLS 1.0 to 1.2, 48 bytes. */
    CLIENT_RANDOM("TlsMasterSecret"),
    CLIENT_EARLY_TRAFFIC_SECRET("TlsClientEarlyTrafficSecret"),
    EARLY_EXPORTER_SECRET("TlsEarlyExporterMasterSecret"),
    CLIENT_HANDSHAKE_TRAFFIC_SECRET("TlsClientHandshakeTrafficSecret"),
    SERVER_HANDSHAKE_TRAFFIC_SECRET("TlsServerHandshakeTrafficSecret"),
    CLIENT_TRAFFIC_SECRET_0("TlsClientAppTrafficSecret"),
    SERVER_TRAFFIC_SECRET_0("TlsServerAppTrafficSecret"),
    EXPORTER_SECRET("TlsExporterMasterSecret");

    private final String jsseName;

    SecretLabel(String jsseName) {
        this.jsseName = jsseName;
    }

    /** The label of a secret that JSSE derives under that name, or null when RFC 9850 has none. */
    public static @Nullable SecretLabel ofJsse(String jsseName) {
        for (SecretLabel label : values()) {
            if (label.jsseName.equals(jsseName)) {
                return label;
            }
        }
        return null;
    }

    /** The label with that name, or null. */
    public static @Nullable SecretLabel ofName(String name) {
        for (SecretLabel label : values()) {
            if (label.name().equals(name)) {
                return label;
            }
        }
        return null;
    }
}
