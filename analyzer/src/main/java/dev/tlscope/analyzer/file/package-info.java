/** Captures and other files in the file system. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.file;
