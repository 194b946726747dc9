/**
 * Clients and servers that a test runs at either end of a connection, each in its own JVM. Java 8, like all programs
 * here.
 */
package dev.tlscope.it.peer;
