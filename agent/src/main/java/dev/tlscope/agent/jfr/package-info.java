/** JFR events, made when the JVM has a flight recorder that runs. */
package dev.tlscope.agent.jfr;
