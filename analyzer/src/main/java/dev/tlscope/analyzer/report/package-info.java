/** The HTML page that {@code report} writes: one file that loads nothing. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.report;
