package dev.tlscope.analyzer.model;

import org.jspecify.annotations.Nullable;

/**
 * Both ends of a connection, as this JVM knows them.
 *
 * @param role client or server: the role of this JVM
 * @param transport socket or engine
 * @param local address and port of this JVM
 * @param peer address and port of the other side
 * @param peerHost host that the application named
 * @param serverName the name in the ClientHello, or else peerHost
 */
public record Endpoints(
        String role,
        @Nullable String transport,
        @Nullable String local,
        @Nullable String peer,
        @Nullable String peerHost,
        @Nullable String serverName) {}
