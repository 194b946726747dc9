/**
 * Cryptographic functions that do not depend on a handshake: digests, HKDF (RFC 5869), the PRF up to TLS 1.2, and the
 * parameters of cipher suites and signature schemes.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.crypto;
