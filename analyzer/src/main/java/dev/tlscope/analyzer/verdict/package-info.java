/**
 * The one answer to why a handshake failed, for every command. Where the input holds both ends of a connection,
 * both are asked.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.verdict;
