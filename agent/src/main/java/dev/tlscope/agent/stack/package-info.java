/** The interface to implementations of TLS: what the agent needs from a stack, and what a stack records into. */
package dev.tlscope.agent.stack;
