/**
 * A handshake, built from a stream of events whatever source they come from: its messages, outcome, ending, and
 * the configuration that it was set up with.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.model;
