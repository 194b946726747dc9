/** What a cause says: its identifier, confidence, evidence, fix and candidates. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.finding;
