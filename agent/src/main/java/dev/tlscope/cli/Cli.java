package dev.tlscope.cli;

import dev.tlscope.agent.config.NearMatch;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of tlscope.jar. Runs in the private loader of the attach client's own JVM, never in a target. */
@Command(
        name = "tlscope",
        description = "Shows what happened inside a Java TLS handshake, from a JVM that is already running.",
        subcommands = {
            ListCommand.class,
            AttachCommand.class,
            StatusCommand.class,
            DetachCommand.class,
            AsTargetCommand.class,
            ProbeCommand.class,
            CompletionCommand.class
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "tlscope help COMMAND describes each, with examples. tlscope stands for",
            "java -jar tlscope.jar; tlscope help completion shows how to define it.",
            "",
            "Examples:",
            "  tlscope list",
            "      which JVMs there are",
            "  tlscope attach 4711 --out /var/tmp/tls",
            "      capture the failed handshakes of one",
            "  tlscope watch 4711",
            "      see them as they happen",
            "  tlscope explain /var/tmp/tls",
            "      show why they failed, and what to do"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; one line on standard error shows why",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was used",
            "4 and more:see the command"
        })
public final class Cli implements Runnable {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage; explain has 3 for a damaged capture. */
    public static int run(String[] args, PrintStream err) {
        StandardOutput out = new StandardOutput();
        int exitCode = run(args, out, err);
        String lack = out.lack();
        if (lack == null) {
            return exitCode;
        }
        PrintWriter errors = errors(err);
        errors.println("tlscope: standard output is cut off: " + lack
                + "; check the free space where it is written, and run the command again");
        return FAILED;
    }

    /** Runs one command, with its output going to these streams. A failure to write it is not reported. */
    static int run(String[] args, OutputStream out, OutputStream err) {
        CommandLog.selectProvider();
        PrintWriter errors = errors(err);
        CommandLine commands = new CommandLine(new Cli());
        String verb = verb(args);
        boolean needsOffline = !CommandNames.IN_PROCESS.contains(verb);
        String missing = needsOffline ? Offline.addTo(commands, new TargetAccess(errors), out) : null;
        commands.getSubcommands().values().forEach(Cli::addCommonOptions);
        commands.addSubcommand(new CommandLine.HelpCommand());
        if (missing != null && CommandNames.OFFLINE.contains(verb)) {
            errors.println("tlscope: " + missing);
            errors.flush();
            return FAILED;
        }
        configure(commands, needsOffline ? writer(out) : folded(out, TerminalWidth::ofOutput), errors);
        return commands.execute(args);
    }

    /** Without a command, prints the help. */
    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** The command's name; for help, that of the command that the user wants help for. Empty when there is none. */
    private static String verb(String[] args) {
        int at = args.length > 1 && args[0].equals("help") ? 1 : 0;
        return at < args.length ? args[at] : "";
    }

    /** Adds the options of the log, and {@code --help}, which prints the same as {@code help VERB}. */
    private static void addCommonOptions(CommandLine verb) {
        CommandLog.addOptions(verb.getCommandSpec());
        verb.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
    }

    private static void configure(CommandLine commands, PrintWriter out, PrintWriter err) {
        commands.setOut(out);
        commands.setErr(err);
        if ("dumb".equals(System.getenv("TERM"))) { // picocli does not read TERM
            commands.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        // picocli's own converter leaves out the exception's cause
        commands.registerConverter(Path.class, name -> Paths.get(name));
        commands.setExecutionStrategy(parsed -> logged(parsed, err));
        commands.setParameterExceptionHandler((e, args) -> {
            err.println("tlscope: " + usageError(e));
            return USAGE;
        });
        commands.setExecutionExceptionHandler((e, command, parsed) -> {
            err.println("tlscope: " + oneLine(e));
            return FAILED;
        });
    }

    /** Runs the command with its log. */
    private static int logged(CommandLine.ParseResult parsed, PrintWriter err) {
        CommandLine.ParseResult verb = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        CommandLog log;
        try {
            log = CommandLog.open(verb, err);
        } catch (CommandFailed e) {
            err.println("tlscope: " + e.getMessage());
            return FAILED;
        }
        try {
            Logger logger = LoggerFactory.getLogger(Cli.class);
            long start = System.nanoTime();
            logger.debug(
                    "{} by {}: {}",
                    String.join(" ", parsed.commandSpec().version()),
                    System.getProperty("java.vendor"),
                    String.join(" ", parsed.originalArgs()));
            try {
                int exitCode = new CommandLine.RunLast().execute(parsed);
                logger.debug("exit code {} after {} ms", exitCode, (System.nanoTime() - start) / 1_000_000);
                return exitCode;
            } catch (CommandLine.ExecutionException e) {
                logger.debug("the command failed", e.getCause());
                throw e;
            } catch (OutOfMemoryError e) {
                logger.debug("the command failed", e);
                err.println(
                        "tlscope: a heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB is too small for this; name fewer captures, or run it with more: java -Xmx2g -jar tlscope.jar ...");
                return FAILED;
            }
        } finally {
            log.close();
        }
    }

    private static String usageError(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String next =
                "; see: " + Invocation.of("help") + (command.getParent() == null ? "" : " " + command.getCommandName());
        List<String> known = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().options().forEach(option -> known.addAll(Arrays.asList(option.names())));
        // picocli reports a missing argument first, even if it is there, after a mistyped option.
        List<String> unmatched = e instanceof CommandLine.MissingParameterException
                ? command.getUnmatchedArguments()
                : e instanceof CommandLine.UnmatchedArgumentException
                        ? ((CommandLine.UnmatchedArgumentException) e).getUnmatched()
                        : Collections.emptyList();
        if (!unmatched.isEmpty()) {
            String word = unmatched.get(0);
            return "unknown " + (word.startsWith("-") ? "option " : "command or argument ") + word
                    + NearMatch.hint(word, known) + next;
        }
        if (e.getCause() instanceof InvalidPathException) {
            return unnamed((InvalidPathException) e.getCause());
        }
        String message = String.valueOf(e.getMessage());
        int newline = message.indexOf('\n');
        return (newline < 0 ? message : message.substring(0, newline)).replaceFirst("\\.$", "") + next;
    }

    private static String oneLine(Exception e) {
        if (e instanceof InvalidPathException) {
            return unnamed((InvalidPathException) e);
        }
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return (e instanceof CommandFailed ? message : e.getClass().getSimpleName() + ": " + message)
                .replace('\n', ' ');
    }

    /**
     * The message for a file name that Java cannot represent, because it uses the locale's encoding, which is ASCII for
     * C.
     */
    private static String unnamed(InvalidPathException e) {
        return "this locale cannot name " + e.getInput()
                + "; run with LC_ALL=C.UTF-8, or name the directory that it is in";
    }

    private static PrintWriter errors(OutputStream stream) {
        return folded(stream, TerminalWidth::ofError);
    }

    /** For sentences; the commands that read captures have a layout of their own on standard output. */
    private static PrintWriter folded(OutputStream stream, IntSupplier width) {
        return new PrintWriter(
                new FoldedLines(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), width),
                true);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new PrintableWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), true);
    }
}
