package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.problem.Problems;

/** Collects the problems, which are written at the end. */
abstract class ProblemOutput implements FindingOutput {
    final Problems problems;

    ProblemOutput(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void failed(Handshake handshake, Finding finding) {
        problems.failed(handshake, finding);
    }

    @Override
    public void warned(Warning warning) {
        problems.warned(warning);
    }

    @Override
    public void completed(Handshake handshake) {
        problems.passed(handshake.completed() ? 1 : 0, handshake.completed() ? 0 : 1);
    }

    @Override
    public void passed(long completed, long unfinished) {
        problems.passed(completed, unfinished);
    }
}
