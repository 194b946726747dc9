/** The parts of a finding: cause, confidence, evidence, fix and candidates. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.finding;
