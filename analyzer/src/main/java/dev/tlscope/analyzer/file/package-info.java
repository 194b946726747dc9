/** Captures and other files as the system has them. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.file;
