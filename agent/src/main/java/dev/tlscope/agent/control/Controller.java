package dev.tlscope.agent.control;

import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own entry, in the private loader: takes the commands premain, attach, status and detach. Returns true while
 * an agent is attached; on false the entry class lets the private loader go.
 */
public final class Controller implements BiFunction<String, Instrumentation, Boolean> {
    private @Nullable Session session;

    @Override
    public Boolean apply(String arguments, Instrumentation instrumentation) {
        Command command = Command.parse(arguments);
        List<String> reply = new ArrayList<>();
        try {
            reply.add("ok");
            reply.addAll(carryOut(command, instrumentation));
        } catch (OptionException e) {
            reply = Collections.singletonList("error " + e.getMessage());
        } catch (Throwable t) {
            reply = Collections.singletonList("error tlscope failed inside the target: " + t);
        }
        command.reply(reply);
        if (command.isPremain() && reply.get(0).startsWith("error ")) {
            // A bad option never stops the application, and there is nobody else to tell.
            System.err.println("tlscope: not attached: " + reply.get(0).substring("error ".length()));
        }
        return session != null;
    }

    private List<String> carryOut(Command command, Instrumentation instrumentation) throws Throwable {
        Session current = session;
        switch (command.verb()) {
            case "premain":
            case "attach":
                if (current != null) {
                    throw new OptionException("tlscope " + current.version() + " is attached already, capturing to "
                            + current.options().out() + "; detach it first to change its options");
                }
                return attach(command, instrumentation);
            case "status":
                return attached(current).status();
            case "detach":
                List<String> status = attached(current).stop();
                session = null;
                return status;
            default:
                throw new OptionException("unknown command " + command.verb());
        }
    }

    private List<String> attach(Command command, Instrumentation instrumentation) throws Throwable {
        Options options = Options.parse(command.options(), System::getProperty, System::getenv);
        if (!JavaBase.hasTransportContext()) {
            throw new OptionException("this JDK is " + System.getProperty("java.version")
                    + ", whose JSSE tlscope does not know; JDK 8 from 8u261 on, 11 or later is needed");
        }
        Session made = Session.start(options, instrumentation, command.isPremain());
        session = made;
        if (!options.quiet() && command.isPremain()) {
            System.err.println("tlscope " + made.version() + ": capturing TLS "
                    + (options.secrets() ? "with secrets " : "") + "to " + options.out());
        }
        return made.status();
    }

    private static Session attached(@Nullable Session session) throws OptionException {
        if (session == null) {
            throw new OptionException("tlscope is not attached to this JVM");
        }
        return session;
    }
}
