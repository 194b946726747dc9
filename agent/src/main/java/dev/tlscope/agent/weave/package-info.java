/**
 * The hook table, the weaver, and the dispatcher that the Tap calls. Works on class files and does not depend on TLS.
 */
package dev.tlscope.agent.weave;
