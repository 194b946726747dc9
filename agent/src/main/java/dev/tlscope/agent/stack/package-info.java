/** The seam for implementations of TLS: what the agent asks of a stack, and what a stack records into. */
package dev.tlscope.agent.stack;
