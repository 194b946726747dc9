/** One connection as both of its ends captured it: what is the same, and what is not. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.compare;
