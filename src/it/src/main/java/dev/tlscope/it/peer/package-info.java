/** Clients and servers that a test runs at either end of a connection, each in a JVM of its own. Java 8, as all programs here. */
package dev.tlscope.it.peer;
