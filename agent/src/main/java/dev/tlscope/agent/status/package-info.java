/** The keys of the agent's answers, which the command line reads. */
package dev.tlscope.agent.status;
