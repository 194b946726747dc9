/**
 * The configuration of a JSSE connection: protocols, cipher suites, managers and the JVM's policy, each written once
 * under a number.
 */
package dev.tlscope.agent.stack.jsse.setup;
