/** What a JSSE connection is set up with: protocols, cipher suites, managers and the JVM's policy, each written once under a number. */
package dev.tlscope.agent.stack.jsse.setup;
