/**
 * Finds the cause of a failed handshake, for all commands. If the input contains both ends of a connection, both are
 * used.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.verdict;
