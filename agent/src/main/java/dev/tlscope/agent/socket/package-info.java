/**
 * Finds the socket below an SSLEngine, its addresses and how it ended, from the bytes that pass through the JVM's
 * sockets. Used for every stack.
 */
package dev.tlscope.agent.socket;
