/**
 * A client and a server that send chosen bytes, without a TLS implementation, to provoke refusals of JSSE: hellos, key
 * shares, records and messages that only a broken peer sends. JSSE, the JVM under test, is in the same process.
 */
package dev.tlscope.it.raw;
