/** Decodes handshake messages into named fields (RFC 8446, RFC 5246 and their extensions). */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.message;
