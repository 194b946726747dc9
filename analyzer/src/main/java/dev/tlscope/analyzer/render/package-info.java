/** Output of findings, handshakes, comparisons and verifications as text or JSON for the terminal. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.render;
