/** Writes captures in other formats: JSON lines, pcapng for Wireshark, and key logs (RFC 9850). */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.export;
