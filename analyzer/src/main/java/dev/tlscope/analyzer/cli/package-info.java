/**
 * The offline commands of tlscope.jar, one class each, and what they share: which captures they read, where they
 * write, and the terminal.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.cli;
