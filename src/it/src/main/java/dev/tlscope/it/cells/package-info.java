/**
 * Handshakes that fail, each for one known reason: the cause matrix's test runs them in one JVM per JDK. Client and
 * server of a cell are in the same process; a unique name and port assign each capture to its cell.
 */
package dev.tlscope.it.cells;
