package dev.tlscope.it.raw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception on one line: its causes, outermost first, and the JSSE method that threw it. */
final class ExceptionText {
    private static final String JSSE = "sun.security.ssl.";

    private ExceptionText() {}

    static String of(Throwable failure) {
        List<String> links = new ArrayList<>();
        String place = "";
        for (@Nullable Throwable link = failure; link != null; link = link.getCause()) {
            links.add(link.getClass().getSimpleName() + ": " + link.getMessage());
            place = place(link, place);
        }
        return (String.join(" <- ", links) + " @ " + place).replaceAll("\\s+", " ");
    }

    /**
     * The innermost frame of JSSE that is not one of its methods for raising alerts; if there is none, the outer link's
     * frame.
     */
    private static String place(Throwable link, String otherwise) {
        for (StackTraceElement frame : link.getStackTrace()) {
            String type = frame.getClassName();
            if (type.startsWith(JSSE) && !type.endsWith(".TransportContext") && !type.endsWith(".Alert")) {
                return type.substring(JSSE.length()) + '.' + frame.getMethodName();
            }
        }
        return otherwise;
    }
}
