/** Compares the captures of both ends of one connection. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.compare;
