/**
 * The offline commands of tlscope.jar, one class each, and their shared parts: the choice of captures, output files,
 * and the terminal.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.cli;
