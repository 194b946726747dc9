/**
 * Attach, detach and status: creates a session from the TLS stacks, the recorder and the sink, weaves the hooks, and
 * removes everything again. It is the only package that sees all others.
 */
package dev.tlscope.agent.control;
