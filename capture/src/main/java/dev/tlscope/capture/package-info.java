/**
 * The events of a connection, and the capture file that holds them: a pcapng file that Wireshark opens, with own blocks
 * for what pcapng has no block for. Written in the target JVM, read offline.
 */
package dev.tlscope.capture;
