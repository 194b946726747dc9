package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;

/**
 * What the two sides agreed on before a message; it decides the form of some.
 *
 * @param version TLS version whose rules apply, such as 0x0303, for DTLS too; 0 while it is not known
 * @param cipherSuite -1 while it is not known
 */
record MessageForm(int version, int cipherSuite) {
    static final MessageForm NOTHING = new MessageForm(0, -1);

    boolean tls13() {
        return version >= ProtocolVersions.TLS13;
    }

    /** Signatures name their algorithm, and lists of them exist (RFC 5246, 4.7); taken for so while nothing is known. */
    boolean namesSignatures() {
        return version == 0 || version >= ProtocolVersions.TLS12;
    }

    /** Such as {@code ECDHE_RSA} of TLS_ECDHE_RSA_WITH_...; empty when it is not known, or the suite's name has none. */
    String keyExchange() {
        String suite = CipherSuites.nameOf(cipherSuite);
        int with = suite.indexOf("_WITH_");
        return cipherSuite < 0 || with < 4 ? "" : suite.substring(4, with);
    }
}
