/** The checks of {@code verify}: recomputes every value that it can, and compares it with the captured one. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.verify;
