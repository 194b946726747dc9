/** The reader of TLS bytes: vectors, integers in network byte order, and the error when bytes are missing. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.wire;
