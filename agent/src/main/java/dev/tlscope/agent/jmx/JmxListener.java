package dev.tlscope.agent.jmx;

import dev.tlscope.agent.listen.ClassWatch;
import dev.tlscope.agent.listen.Speaker;
import dev.tlscope.agent.outcome.RepeatedFailure;
import dev.tlscope.agent.outcome.RepeatedFailures;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the MBean registered once the JVM has its platform MBean server, which the application or a JMX client makes: made by an agent it
 * would start java.util.logging before the application has set its log manager. It names no class of JMX, which a JVM may lack.
 */
public final class JmxListener {
    private final ClassWatch watch;
    private final Speaker speaker;
    private final Supplier<List<String>> status;
    private final RepeatedFailures problems;
    private volatile @Nullable Registration registration;
    private volatile @Nullable String error;
    private volatile boolean trying;

    /** @param status the lines {@code key=value} that status answers */
    public JmxListener(ClassWatch watch, Speaker speaker, Supplier<List<String>> status, RepeatedFailures problems) {
        this.watch = watch;
        this.speaker = speaker;
        this.status = status;
        this.problems = problems;
    }

    /** Why there is no MBean though there is a server; null when there is. */
    public @Nullable String error() {
        return error;
    }

    /** Looks whether there is a server by now. Called on the writer's thread from time to time. */
    public void tick() {
        if (registration == null && error == null && !trying && watch.isLoaded(ClassWatch.MBEAN_SERVER)) {
            trying = true;
            speaker.say(this::register);
        }
    }

    /** A problem was seen for the first time. Called on the writer's thread. */
    public void newProblem(RepeatedFailure problem) {
        Registration registered = registration;
        if (registered != null) {
            speaker.say(() -> notify(registered, problem));
        }
    }

    /** The agent is detached. */
    public void end() throws Exception {
        Registration registered = registration;
        registration = null;
        if (registered != null) {
            registered.end();
        }
    }

    private void notify(Registration registered, RepeatedFailure problem) {
        try {
            registered.notify(problem);
        } catch (Exception e) {
            error = "no JMX notification: " + e;
        }
    }

    private void register() {
        try {
            registration = Registration.of(status, problems);
        } catch (Exception | LinkageError e) {
            error = "no MBean dev.tlscope:type=Capture: " + e;
        } finally {
            trying = false;
        }
    }
}
