/**
 * Reads from each JDK's class files where its TLS code can refuse, and compares the analyzer's table of refusals and
 * src/docs/refusals.md with that.
 */
package dev.tlscope.it.refusal;
