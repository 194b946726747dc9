/** The one reader of TLS bytes: vectors, integers in network byte order, and the error when they end too early. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.wire;
