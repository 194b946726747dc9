/**
 * Used by the tests of all other packages: the packaged jars, the JDKs, forked JVMs, a faulty network, tshark, and the
 * offline commands.
 */
package dev.tlscope.it.harness;
