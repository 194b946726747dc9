package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.render.Style;
import picocli.CommandLine.Option;

/** The options for colour and width of every command that writes text for people. */
final class ColourOption {
    /** When text is coloured. */
    enum When {
        always,
        never,
        auto
    }

    @Option(
            names = "--color",
            paramLabel = "always|never|auto",
            description = "whether text is coloured; auto, the default: on a terminal, unless NO_COLOR is set")
    private When when = When.auto;

    /** The style for the actual standard output. */
    Style style() {
        return new Style(when == When.always || (when == When.auto && Terminal.hasColour()), Terminal.width());
    }

    /** The style for standard error. */
    Style errorStyle() {
        return new Style(
                when == When.always || (when == When.auto && Terminal.hasErrorColour()), Terminal.errorWidth());
    }
}
