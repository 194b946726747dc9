/**
 * A client and a server of bytes, without any TLS implementation, that provoke refusals of JSSE: hellos, key shares, records and
 * messages that no peer sends unless it is broken. JSSE, the JVM under test, lives in the same process.
 */
package dev.tlscope.it.raw;
