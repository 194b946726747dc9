/**
 * A TCP connection that the user asks for, up to the first byte of TLS: name, address, proxy, and the dialogue of STARTTLS. Java 8,
 * because connect runs it in a JVM of the chosen JDK; no target runs it.
 */
package dev.tlscope.transport;
