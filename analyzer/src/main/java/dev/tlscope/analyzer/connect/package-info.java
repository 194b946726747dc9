/** Handshakes from this machine: the JVM that makes them, with whose settings, and what it reports. */
package dev.tlscope.analyzer.connect;
