/** Failures that have one cause in common, counted. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.group;
