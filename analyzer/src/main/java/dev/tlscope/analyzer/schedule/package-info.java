/**
 * The key schedules of TLS 1.3 and of TLS 1.2 and before, recomputed from captured inputs, with the proofs that
 * they allow: Finished, signatures, binders.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.schedule;
