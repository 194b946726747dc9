package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stack frames as the agent writes them, innermost first: {@code java.base/sun.security.ssl.Alert.x(Alert.java:1)}. */
public final class Frames {
    private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Packages of schedulers, whose frames are above a task's first one. */
    private static final List<String> SCHEDULERS = List.of("java.util.concurrent.", "io.netty.util.concurrent.");

    private static final int FEW = 3;

    private Frames() {}

    public static boolean isApplication(String frame) {
        String name = withoutModule(frame);
        return PLATFORM.stream().noneMatch(name::startsWith);
    }

    public static boolean isJsse(String frame) {
        return withoutModule(frame).startsWith("sun.security.ssl.");
    }

    /**
     * The application's frame that threw, itself or through a method of java.* that it called, such as
     * Objects.requireNonNull; empty if it was not the application, or no frame of JSSE is below it.
     */
    public static Optional<String> thrownByApplication(List<String> frames) {
        int at = 0;
        while (at < frames.size() && withoutModule(frames.get(at)).startsWith("java.")) {
            at++;
        }
        boolean calledByJsse = frames.stream().skip(at).anyMatch(Frames::isJsse);
        return at < frames.size() && isApplication(frames.get(at)) && calledByJsse
                ? Optional.of(frames.get(at))
                : Optional.empty();
    }

    /** The outermost frame of the application before JSSE's first. */
    public static Optional<String> calledByJsse(List<String> frames) {
        Optional<String> last = Optional.empty();
        for (String frame : frames) {
            if (isJsse(frame)) {
                return last;
            }
            if (isApplication(frame)) {
                last = Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    /**
     * At most that many of the application's innermost frames, innermost first, without those that javac adds for inner
     * classes.
     */
    public static String innermostOfApplication(List<String> frames, int most) {
        return frames.stream()
                .filter(frame -> isApplication(frame) && !methodName(frame).startsWith("access$"))
                .limit(most)
                .map(Frames::withoutModule)
                .collect(Collectors.joining(" < "));
    }

    /** The application's innermost frames of a failure, as evidence with that name. */
    public static Evidence application(String name, Handshake handshake) {
        return new Evidence(name, orWhyNot(innermostOfApplication(handshake.frames(), FEW), handshake));
    }

    /** Frames that were selected of a failure's stack, or why there is none. */
    public static String orWhyNot(String selected, Handshake handshake) {
        if (!selected.isEmpty()) {
            return selected;
        }
        return handshake.frames().isEmpty() ? "not captured" : "no code outside the JDK is on the captured stack";
    }

    /**
     * At most that many frames of the code that uses the JDK's sockets and channels, innermost first; the JDK's HTTP
     * client counts as such code.
     */
    public static String usersOfSocket(List<String> frames, int most) {
        return frames.stream()
                .map(Frames::withoutModule)
                .filter(frame -> !frame.startsWith("java.") && !frame.startsWith("sun.nio.ch."))
                .limit(most)
                .collect(Collectors.joining(" < "));
    }

    /**
     * At most that many frames of the code that uses JSSE's sockets and engines, innermost first; the JDK's HTTP
     * clients count as such code.
     */
    public static String usersOfTls(List<String> frames, int most) {
        return frames.stream()
                .filter(frame -> !isJsse(frame))
                .limit(most)
                .map(Frames::withoutModule)
                .collect(Collectors.joining(" < "));
    }

    /** The first frame of a scheduled task, such as a timeout's; empty if no scheduler is on the stack. */
    public static Optional<String> scheduledTask(List<String> frames) {
        String task = "";
        for (String frame : frames) {
            String name = className(frame);
            if (name.endsWith("ScheduledFutureTask") || name.equals("java.util.TimerThread")) {
                return task.isEmpty() ? Optional.empty() : Optional.of(task);
            }
            if (SCHEDULERS.stream().noneMatch(name::startsWith)) {
                task = withoutModule(frame);
            }
        }
        return Optional.empty();
    }

    public static String className(String frame) {
        String method = qualifiedMethod(frame);
        int dot = method.lastIndexOf('.');
        return dot < 0 ? method : method.substring(0, dot);
    }

    public static String methodName(String frame) {
        String method = qualifiedMethod(frame);
        return method.substring(method.lastIndexOf('.') + 1);
    }

    private static String qualifiedMethod(String frame) {
        String name = withoutModule(frame);
        int parenthesis = name.indexOf('(');
        return parenthesis < 0 ? name : name.substring(0, parenthesis);
    }

    /**
     * The frame without loader and module, which precede a slash; the file's name, in parentheses, may have a slash as
     * well.
     */
    static String withoutModule(String frame) {
        int parenthesis = frame.indexOf('(');
        int slash = frame.lastIndexOf('/', parenthesis < 0 ? frame.length() : parenthesis);
        return frame.substring(slash + 1);
    }
}
