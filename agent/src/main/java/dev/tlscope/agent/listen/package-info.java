/** What log, JFR and JMX have in common: the thread that calls other people's code, and which of their classes are loaded. */
package dev.tlscope.agent.listen;
