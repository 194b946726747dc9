/** Every place at which the JDK's TLS code can refuse, what it means, and which of them a captured failure came from. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.refusal;
