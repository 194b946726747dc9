/**
 * The key schedules of TLS 1.3 and of earlier versions, recomputed from captured inputs, and the proofs that they allow
 * to check: Finished, signatures, binders.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.schedule;
