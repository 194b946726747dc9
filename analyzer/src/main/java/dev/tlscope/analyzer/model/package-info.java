/** A handshake, built from a stream of events from any source: its messages, outcome, ending, and configuration. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.model;
