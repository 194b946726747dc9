/** Writes handshakes and findings as JSON. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.json;
