/** The client of {@code tlscope connect}: it runs in a JVM of the chosen JDK, which has the agent, and connects as it is told. Java 8. */
package dev.tlscope.probe;
