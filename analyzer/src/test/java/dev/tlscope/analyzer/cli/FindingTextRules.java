package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.cause.SuiteCaptures;
import dev.tlscope.analyzer.cause.Warnings;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.capture.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What holds for the text of every finding: each fact has a value, what a text refers to is there, and the commands and
 * options that it names exist. The unit tests check it on the captures in their resources, RawRefusalTest on those that
 * it has just made.
 */
public final class FindingTextRules {
    /** The sentence for what is no refusal of the JDK's own code. */
    private static final String UNKNOWN = "does not yet know this failure by name";

    /** {@code tlscope show --hex CAPTURE}: the command, and what follows it up to the end of the clause. */
    private static final Pattern COMMAND = Pattern.compile("(?<!=)\\btlscope ([a-z]+)\\b([^.;:,)]*)");

    private static final Pattern FLAG = Pattern.compile("(?<= )--?[a-z][a-z-]*");

    /** After the name of the program there may be a verb in place of a command. */
    private static final Set<String> VERBS = Set.of("does", "to", "has", "is", "attached");

    /** Commands of the attach client, whose flags are the options of the agent. */
    private static final Set<String> CLIENT = Set.of("attach", "detach", "status", "list", "completion");

    /** {@code secrets=on}, but no {@code -Dkey=value} and no part of one. */
    private static final Pattern AGENT_OPTION =
            Pattern.compile("(?<![-.\\w=])([a-z]+)=(on|off|all|failures|handshake)\\b");

    private static final Pattern DECLARED = Pattern.compile("(?m)^ {4}[A-Z]+\\(\\s*\"([a-z]+)\"");

    private static final Pattern ABOVE = Pattern.compile("\\b[Tt]he (?:\\w+ )*?(\\w{4,}?)(?:es|s)? above\\b(?! it\\b)");

    private static final Map<String, Set<String>> COMMANDS = commands();

    private FindingTextRules() {}

    /** A sentence for every fault in a finding or warning of a capture. */
    public static Set<String> broken(Path capture) {
        Set<String> broken = new LinkedHashSet<>();
        for (Finding finding : findings(capture)) {
            faults(finding)
                    .forEach(fault ->
                            broken.add(capture + ": " + fault + " in " + finding.cause() + ": " + finding.summary()));
        }
        return broken;
    }

    /** From each end alone, from both where the capture has both, and the warnings. */
    private static List<Finding> findings(Path capture) {
        List<Finding> findings = new ArrayList<>();
        Warnings warnings = new Warnings();
        SuiteCaptures.events(capture).forEach((Event event) -> warnings.add(event));
        Verdicts both = Verdicts.of(List.of(capture), new PrintWriter(Writer.nullWriter()));
        for (Handshake handshake : SuiteCaptures.handshakes(capture)) {
            if (handshake.failed()) {
                findings.add(Causes.of(handshake));
                Finding compared = both.of(handshake);
                if (compared != null) {
                    findings.add(compared);
                }
            } else {
                warnings.completed(handshake);
            }
        }
        warnings.of(capture).stream().map(Warning::finding).forEach(findings::add);
        return findings;
    }

    static List<String> faults(Finding finding) {
        List<String> faults = new ArrayList<>();
        for (Evidence fact : finding.evidence()) {
            if (isEmpty(fact.what()) || isEmpty(fact.value())) {
                faults.add("no value: " + fact.what() + ": " + fact.value());
            }
        }
        for (String text : texts(finding)) {
            if (isEmpty(text)) {
                faults.add("an empty text");
            }
            if (text.contains(UNKNOWN)) {
                faults.add("a failure without a name");
            }
            COMMAND.matcher(text).results().forEach(found -> faults.addAll(ofCommand(found)));
            AGENT_OPTION
                    .matcher(text)
                    .results()
                    .filter(found -> !COMMANDS.get("attach").contains("--" + found.group(1)))
                    .forEach(found -> faults.add("no option of the agent: " + found.group()));
            ABOVE.matcher(text)
                    .results()
                    .filter(found -> finding.evidence().stream().noneMatch(fact -> names(fact, found.group(1))))
                    .forEach(found -> faults.add("nothing above: " + found.group()));
        }
        return faults;
    }

    private static boolean names(Evidence fact, String word) {
        return fact.what().contains(word) || fact.value().contains(word);
    }

    private static boolean isEmpty(String text) {
        return text.isBlank()
                || text.strip().equals("null")
                || text.stripTrailing().endsWith(":");
    }

    private static List<String> texts(Finding finding) {
        return Stream.of(
                        Stream.of(finding.summary()),
                        finding.evidence().stream().map(Evidence::value),
                        finding.fix().stream(),
                        finding.candidates().stream().map(Candidate::decides))
                .flatMap(text -> text)
                .toList();
    }

    private static List<String> ofCommand(MatchResult found) {
        String command = found.group(1);
        if (VERBS.contains(command)) {
            return List.of();
        }
        Set<String> flags = COMMANDS.get(command);
        return flags == null
                ? List.of("no command: " + found.group())
                : FLAG.matcher(found.group(2))
                        .results()
                        .map(MatchResult::group)
                        .filter(flag -> !flags.contains(flag))
                        .map(flag -> "no option of tlscope " + command + ": " + flag)
                        .toList();
    }

    private static Map<String, Set<String>> commands() {
        Map<String, Set<String>> commands = new HashMap<>();
        for (Object command : new OfflineCommands().apply(arguments -> Map.of(), OutputStream.nullOutputStream())) {
            CommandLine line = new CommandLine(command);
            commands.put(
                    line.getCommandName(),
                    Set.copyOf(line.getCommandSpec().optionsMap().keySet()));
        }
        Set<String> options = new LinkedHashSet<>();
        Matcher declared = DECLARED.matcher(optionSource());
        while (declared.find()) {
            options.add("--" + declared.group(1));
        }
        CLIENT.forEach(command -> commands.put(command, options));
        return commands;
    }

    /** The agent's table of options, which the analyzer does not depend on; read from analyzer or from src/it. */
    private static String optionSource() {
        String file = "agent/src/main/java/dev/tlscope/agent/config/Option.java";
        Path here = Path.of("").toAbsolutePath();
        Path source = here.resolve("..").resolve(file);
        try {
            return Files.readString(
                    Files.exists(source) ? source : here.resolve("../..").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
