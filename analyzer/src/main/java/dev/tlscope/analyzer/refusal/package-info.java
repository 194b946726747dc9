/**
 * All places at which the JDK's TLS code can refuse, their meaning, and the search for the place of a captured failure.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.refusal;
