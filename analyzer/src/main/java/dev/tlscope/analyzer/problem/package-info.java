/** Groups failures by what has to be fixed: one model for explain, report and watch. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.problem;
