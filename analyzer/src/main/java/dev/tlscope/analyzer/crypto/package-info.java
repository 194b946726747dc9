/**
 * Cryptographic functions that are not about one handshake: digests, HKDF (RFC 5869), the PRF of TLS 1.2 and
 * before, and the parameters of cipher suites and signature schemes.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.crypto;
