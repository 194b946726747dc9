/**
 * The classes of tlscope.jar that the JVM's own class loader sees: they open the private loader and pass the command on. They know the JDK
 * alone, because the first jar that is attached decides them for the life of the JVM.
 */
package dev.tlscope.agent;
