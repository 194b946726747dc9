/** Follows captures that are still being written. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.watch;
