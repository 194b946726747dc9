/**
 * The events of a connection, and the capture file that holds them: a pcapng that Wireshark opens, with blocks of
 * our own for what Wireshark has no place for. Written in the target JVM, read offline.
 */
package dev.tlscope.capture;
