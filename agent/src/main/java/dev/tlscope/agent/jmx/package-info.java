/** The MBean, registered when the JVM has a platform MBean server. */
package dev.tlscope.agent.jmx;
