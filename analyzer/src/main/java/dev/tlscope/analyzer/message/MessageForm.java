package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;

/**
 * The negotiated parameters that determine the form of some messages.
 *
 * @param version TLS version whose rules apply, for DTLS too, such as 0x0303; 0 while it is not known
 * @param cipherSuite -1 while it is not known
 */
record MessageForm(int version, int cipherSuite) {
    static final MessageForm NOTHING = new MessageForm(0, -1);

    boolean tls13() {
        return version >= ProtocolVersions.TLS13;
    }

    /** True when signatures name their algorithm (RFC 5246, 4.7), which is assumed while the version is not known. */
    boolean namesSignatures() {
        return version == 0 || version >= ProtocolVersions.TLS12;
    }

    /**
     * The key exchange, such as {@code ECDHE_RSA} for TLS_ECDHE_RSA_WITH_...; empty when unknown or not part of the
     * suite's name.
     */
    String keyExchange() {
        String suite = CipherSuites.nameOf(cipherSuite);
        int with = suite.indexOf("_WITH_");
        return cipherSuite < 0 || with < 4 ? "" : suite.substring(4, with);
    }
}
