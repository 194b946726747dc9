package dev.tlscope.analyzer.model;

import org.jspecify.annotations.Nullable;

/**
 * The protocol and the cipher suite of a connection, and the session behind them (RFC 5246, 6.1 and 7). All are null as
 * long as they are not negotiated.
 *
 * @param session the session that the client offered to resume or the server accepted
 */
public record SecurityParameters(
        @Nullable String protocol,
        @Nullable String cipherSuite,
        @Nullable ResumedSession session) {}
