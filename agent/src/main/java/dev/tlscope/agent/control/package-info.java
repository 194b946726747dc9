/**
 * Attach, detach and status: puts a session together from the TLS stacks, the recorder and the sink, weaves the hooks, and takes
 * everything down again. The one package that sees all others.
 */
package dev.tlscope.agent.control;
