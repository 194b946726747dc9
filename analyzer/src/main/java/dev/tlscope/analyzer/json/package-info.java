/** Handshakes, and what is said of them, as JSON. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.json;
