/**
 * The classes of tlscope.jar that the JVM's own class loader loads: they open the private loader and pass the command
 * on. They use only the JDK, because the first jar that is attached decides them for the life of the JVM.
 */
package dev.tlscope.agent;
