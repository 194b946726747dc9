package dev.tlscope.agent.control;

import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.config.OutDirectory;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry in the private loader: executes the commands premain, attach, status and detach. It returns true
 * while an agent is attached; on false the entry class drops the private loader.
 */
public final class Controller implements BiFunction<String, Instrumentation, Boolean> {
    private @Nullable FirstUse waiting;
    private @Nullable Session session;

    @Override
    public Boolean apply(String arguments, Instrumentation instrumentation) {
        Command command = Command.parse(arguments);
        List<String> reply = new ArrayList<>();
        try {
            if (command.isAbandoned()) {
                System.err.println("tlscope: " + command.verb() + " not done: the command that asked for it has ended");
                return session != null || waiting != null;
            }
            reply.add("ok");
            reply.addAll(carryOut(command, instrumentation));
        } catch (OptionException e) {
            reply = Collections.singletonList("error " + e.getMessage());
        } catch (Throwable t) {
            reply = Collections.singletonList("error tlscope failed inside the target: " + t);
        }
        command.reply(reply);
        if (!command.hasClient() && reply.get(0).startsWith("error ")) {
            // A bad option never stops the application. There is no attach client to answer, as with -javaagent and
            // jcmd's JVMTI.agent_load, so the message goes to standard error.
            System.err.println("tlscope: not attached: " + reply.get(0).substring("error ".length()));
        }
        return session != null || waiting != null;
    }

    private List<String> carryOut(Command command, Instrumentation instrumentation) throws Exception {
        switch (command.verb()) {
            case "premain":
                return premain(command, instrumentation);
            case "attach":
                return attach(command, instrumentation);
            case "status":
                return attached().status();
            case Command.EXPIRE:
                expire(command.options());
                return Collections.emptyList();
            case "detach":
                List<String> last = attached().stop();
                session = null;
                return last;
            default:
                throw new OptionException("unknown command " + command.verb());
        }
    }

    /** Ends the attachment whose time is over, and no later one. */
    private void expire(String since) {
        FirstUse first = waiting;
        Session ending = session != null ? session : first == null ? null : first.started();
        if (ending != null && since.equals(Command.SINCE + ending.since())) {
            waiting = null;
            session = null;
            ending.stop();
        }
    }

    private List<String> premain(Command command, Instrumentation instrumentation) throws Exception {
        if (session != null || waiting != null) {
            throw new OptionException(
                    "another -javaagent of this JVM is tlscope too, and captures already; this one is ignored:"
                            + " give its options to the first");
        }
        Options options = options(command);
        Sealing.recipient(options);
        OutDirectory.prepare(options.out());
        waiting = FirstUse.await(options, instrumentation);
        sayStart(options);
        return Collections.emptyList();
    }

    private static void sayStart(Options options) {
        if (!options.quiet()) {
            System.err.println("tlscope " + TargetJvm.readVersion() + ": capturing TLS "
                    + (options.secrets() ? "with secrets " : "") + "to " + options.out());
        }
    }

    private List<String> attach(Command command, Instrumentation instrumentation) throws Exception {
        Options options = options(command);
        if (session != null || waiting != null) {
            throw new OptionException("tlscope is attached already, capturing to "
                    + attached().options().out() + "; detach it first to change its options");
        }
        Headroom.check();
        Session made = Session.start(options, instrumentation, command.by(), true);
        session = made;
        if (!command.hasClient()) {
            sayStart(options);
        }
        if (command.isAbandoned()) {
            session = null;
            made.stop();
            throw new OptionException("the command that asked for it has ended");
        }
        return made.status();
    }

    private static Options options(Command command) throws OptionException {
        Options options = Options.parse(command.options(), System.getProperties(), System.getenv());
        String unsupported = Stacks.noneSupported();
        if (unsupported != null) {
            throw new OptionException(unsupported);
        }
        return options;
    }

    private Session attached() throws Exception {
        FirstUse first = waiting;
        if (first != null) {
            waiting = null;
            session = first.session();
        }
        if (session == null) {
            throw new OptionException("tlscope is not attached to this JVM");
        }
        return session;
    }
}
