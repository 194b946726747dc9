package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Catalogue;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.problem.Selection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select connections, of every command that reads captures. */
final class FilterOptions {
    /** The captured side. */
    enum Role {
        client,
        server
    }

    /** The ids of causes, for shell completion. */
    static final class CauseIds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Catalogue.entries().stream().map(CauseId::id).iterator();
        }
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--peer",
            paramLabel = "HOST",
            split = ",",
            description =
                    "connections with that peer only: its address, with or without port, or a server's name; * stands"
                            + " for any text")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "HOST",
            split = ",",
            description = "connections for that server name only; * stands for any text")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--cause",
            paramLabel = "ID",
            split = ",",
            completionCandidates = CauseIds.class,
            description = "failures of that cause only: tlscope causes")
    private List<String> causes = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "connections that ended at that time or later: 2026-11-24T07:21Z, 2026-11-24, 07:21 (today,"
                    + " in UTC), or 30m, 2h or 3d ago")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "connections that began at that time or earlier")
    private @Nullable String until;

    @Option(names = "--role", paramLabel = "client|server", description = "connections of that captured side only")
    private @Nullable Role role;

    /** The selection; throws a ParameterException for an invalid value. */
    Selection selection() {
        for (String cause : causes) {
            if (Catalogue.of(cause).isEmpty()) {
                throw wrong("there is no cause " + cause + "; tlscope causes lists them");
            }
        }
        return new Selection(
                List.copyOf(peers),
                List.copyOf(names),
                new HashSet<>(causes),
                since == null ? Selection.ALL.sinceNanos() : time("--since", since),
                until == null ? Selection.ALL.untilNanos() : time("--until", until),
                role == null ? null : role.name());
    }

    private long time(String option, String value) {
        try {
            return Times.parse(value, Instant.now());
        } catch (DateTimeException e) {
            throw wrong(option + " is not a time: '" + value
                    + "'; write for example 2026-11-24T07:21Z, 2026-11-24, 07:21, or 30m for half an hour ago");
        }
    }

    private ParameterException wrong(String message) {
        CommandSpec set = spec;
        if (set == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        return new ParameterException(set.commandLine(), message);
    }
}
