/**
 * Reads from each JDK's class files where its TLS code can refuse, and holds the analyzer's table of refusals and
 * src/docs/refusals.md against that.
 */
package dev.tlscope.it.refusal;
