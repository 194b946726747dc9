/** The hook table, the weaver, and the dispatcher that the Tap calls. Knows class files and no TLS. */
package dev.tlscope.agent.weave;
