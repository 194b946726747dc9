/** The end of a handshake in the words of the log, JFR and JMX: what failed, where, and the cause where it needs no analysis. */
package dev.tlscope.agent.outcome;
