/** Readers of bytes: TLS's vectors and integers in network byte order with the error when bytes are missing, and elements of DER. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.wire;
