package dev.tlscope.cli;

import java.io.File;
import java.io.IOException;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attach API of the JDK that runs this command, which a JRE lacks. */
final class JdkAttach {
    private static final Logger LOG = LoggerFactory.getLogger(JdkAttach.class);

    private JdkAttach() {}

    /** Whether this Java has it, and it finds its way into containers: from 11 on (JDK-8179498). */
    static boolean isPossible() {
        try {
            ClassLoader.getSystemClassLoader().loadClass("com.sun.tools.attach.VirtualMachine");
            return !System.getProperty("java.specification.version").startsWith("1.");
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static void load(int pid, String jar, String arguments) throws IOException {
        try {
            ByteBuddyAgent.attach(new File(jar), String.valueOf(pid), arguments);
        } catch (RuntimeException | LinkageError e) {
            if (!isSuccess(e)) {
                throw refusal(e);
            }
        }
    }

    /**
     * JDK 8 answers 0 and later versions "return code: 0"; the attach API of the later versions takes 0 for a failure.
     */
    private static boolean isSuccess(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at.getClass().getSimpleName().equals("AgentLoadException") && "0".equals(at.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** JDK 8 gives the number that the agent's library returned, and nothing else. */
    private static String code(Throwable last) {
        String message = String.valueOf(last.getMessage());
        return message.matches("[0-9]+") ? message : "";
    }

    private static IOException refusal(Throwable thrown) {
        StringBuilder chain = new StringBuilder();
        Throwable last = thrown;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            last = at;
            chain.append(chain.length() == 0 ? "" : ": ").append(at);
        }
        String text = chain.toString().replace('\n', ' ');
        if (text.contains("No compatible attachment provider")) {
            throw new CommandFailed("this Java cannot attach (Java " + System.getProperty("java.version")
                    + " without the module jdk.attach or tools.jar); run tlscope with a JDK, or on Linux with any Java from 17 on,"
                    + " also a JRE: which Java the target runs on does not matter");
        }
        LOG.debug("the attach client's own words: {}", text);
        return new AttachRefused(AttachAnswer.reason(text, code(last), last.getMessage()));
    }
}
