/** The checks of {@code verify}: every captured value that can be recomputed, against what was captured. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.verify;
