/** Reads fields of the JDK's objects that have no accessor. */
package dev.tlscope.agent.reflect;
