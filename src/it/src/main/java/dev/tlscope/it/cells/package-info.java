/**
 * Handshakes that fail, each in one known way: what the cause matrix's test runs in one JVM per JDK. Client and server of a
 * cell live in the same process; a name and a port of its own tell whose capture is whose.
 */
package dev.tlscope.it.cells;
