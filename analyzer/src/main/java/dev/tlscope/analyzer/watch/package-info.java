/** Captures that are still being written, followed as they grow. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.watch;
