/**
 * The causes that explain can name. Each is one class that contains its catalogue entry and decides from the evidence
 * of one handshake; {@code Causes} lists them in the order in which they are examined.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.cause;
