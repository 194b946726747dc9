package dev.tlscope.analyzer.refusal;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.work.Recent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the place in the JDK's code that refused a handshake, by the texts of its exceptions and by its stack. */
public final class Refusals {
    /** Packages of the JDK's own exceptions, because another library's may have the same texts. */
    private static final List<String> PLATFORM = List.of("java.", "javax.", "sun.");

    /**
     * Code that reads only the bytes that it is given, so that its exception says what is wrong with them: DER, names,
     * points, buffers. Security providers are not included.
     */
    private static final List<String> PARSERS = List.of(
            "java.io.",
            "java.lang.",
            "java.net.IDN",
            "java.nio.",
            "java.security.cert.CertificateFactory",
            "java.util.",
            "javax.net.ssl.SNI",
            "javax.security.auth.x500.",
            "jdk.internal.icu.",
            "sun.misc.IOUtils",
            "sun.net.idn.",
            "sun.nio.cs.",
            "sun.security.provider.X509Factory",
            "sun.security.ssl.",
            "sun.security.util.",
            "sun.security.x509.",
            "sun.text.normalizer.");

    /** The failures of a service repeat, and one is at most some kilobytes. */
    private static final Recent<Raised, Optional<Refusal>> RECENT = new Recent<>(512);

    private final RefusalTable table;

    Refusals(RefusalTable table) {
        this.table = table;
    }

    /** Empty if the handshake did not fail, or none of its texts is the JDK's own. */
    public static Optional<Refusal> of(Handshake handshake) {
        Event failure = handshake.failure();
        return failure == null
                ? Optional.empty()
                : handshake.derived().get(Matched.class, () -> match(failure, handshake.isClient())).refusal;
    }

    private static Matched match(Event failure, boolean client) {
        Raised raised = new Raised(
                failure.texts(Field.EXCEPTION), failure.text(Field.DIAGNOSTIC), failure.texts(Field.FRAME), client);
        return new Matched(RECENT.get(
                raised,
                any -> new Refusals(RefusalTable.standard())
                        .find(raised.exceptions, raised.diagnostic, raised.frames, raised.client)));
    }

    /**
     * Finds the innermost text that belongs to a place in the table.
     *
     * @param exceptions the chain, outermost first, {@code class: message}
     * @param diagnostic JSSE's reason, outside the exceptions; null if there is none
     * @param frames the stack of the innermost exception
     */
    Optional<Refusal> find(List<String> exceptions, @Nullable String diagnostic, List<String> frames, boolean client) {
        List<String> said = new ArrayList<>();
        for (String link : ownChain(exceptions)) {
            int colon = link.indexOf(": ");
            boolean theirs = colon < 0 || PLATFORM.stream().noneMatch(link::startsWith);
            said.add(theirs ? "" : link.substring(colon + 2));
        }
        Collections.reverse(said);
        if (diagnostic != null) {
            said.add(diagnostic);
        }
        Set<StackMethod> stack = StackMethod.of(frames);
        for (int i = 0; i < said.size(); i++) {
            Optional<Refusal> found = find(said.get(i), stack, client, i == 0);
            if (found.isPresent()) {
                Refusal refusal = found.get();
                return Optional.of(
                        i > 0 && refusal.confirmed() && isParsed(stack, refusal.className())
                                ? refusal.asInnermost()
                                : refusal);
            }
        }
        return exceptions.isEmpty() ? Optional.empty() : below(exceptions.get(exceptions.size() - 1), stack, client);
    }

    /** An exception of the JDK from below a method of JSSE, for which JSSE has no text. */
    private Optional<Refusal> below(String link, Set<StackMethod> stack, boolean client) {
        if (PLATFORM.stream().noneMatch(link::startsWith)) {
            return Optional.empty();
        }
        int colon = link.indexOf(": ");
        String className = colon < 0 ? link : link.substring(0, colon);
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        for (StackMethod method : stack) {
            for (RefusalRow row : table.ofClass(method.className())) {
                boolean fits = row.isBelow()
                        && row.method().equals(method.name())
                        && (row.raises().equals("*") || row.raises().equals(simpleName));
                if (fits) {
                    boolean parsed = isParsed(stack, method.className());
                    return Optional.of(Refusal.of(row, link, List.of(), client, new Refusal.Found(true, parsed)));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * True when only parsers of the JDK ran below that class: their exception states the reason of the refusal in other
     * words.
     */
    private static boolean isParsed(Set<StackMethod> stack, String className) {
        for (StackMethod method : stack) {
            if (method.className().equals(className)) {
                return true;
            }
            if (PARSERS.stream().noneMatch(method.className()::startsWith)) {
                return false;
            }
        }
        return false;
    }

    private Optional<Refusal> find(String said, Set<StackMethod> stack, boolean client, boolean innermost) {
        if (said.isEmpty()) {
            return Optional.empty();
        }
        RaisedText raised = RaisedText.of(said);
        for (StackMethod method : stack) {
            for (RefusalRow row : table.ofClass(method.className())) {
                boolean here = row.method().equals(method.name())
                        && (row.reason() == null || row.reason() == NoRefusal.ASSERTION);
                Optional<List<String>> values = here ? values(row, raised) : Optional.empty();
                if (values.isPresent()) {
                    return Optional.of(Refusal.of(row, said, values.get(), client, new Refusal.Found(true, innermost)));
                }
            }
        }
        return byText(raised, said, client, innermost);
    }

    /**
     * If the stack contains no such place, because the class differs in another update, the text decides if it has only
     * one meaning.
     */
    private Optional<Refusal> byText(RaisedText raised, String said, boolean client, boolean innermost) {
        Refusal found = null;
        for (RefusalRow row : table.knownByText()) {
            Optional<List<String>> values = values(row, raised);
            if (values.isPresent()) {
                Refusal refusal = Refusal.of(row, said, values.get(), client, new Refusal.Found(false, innermost));
                if (found != null && !found.cause().equals(refusal.cause())) {
                    return Optional.empty();
                }
                found = found == null ? refusal : found;
            }
        }
        return Optional.ofNullable(found);
    }

    private static Optional<List<String>> values(RefusalRow row, RaisedText raised) {
        return row.template().isSpecific() ? row.template().match(raised) : Optional.empty();
    }

    /** The chain without exceptions of another connection: checking a certificate's revocation may use TLS. */
    private static List<String> ownChain(List<String> exceptions) {
        boolean certificate = false;
        for (int i = 0; i < exceptions.size(); i++) {
            String link = exceptions.get(i);
            if (certificate && link.startsWith("javax.net.ssl.")) {
                return exceptions.subList(0, i);
            }
            certificate |= link.startsWith("java.security.cert.") || link.startsWith("sun.security.validator.");
        }
        return exceptions;
    }

    /** What a failure says of its place in the JDK's code. */
    private record Raised(List<String> exceptions, @Nullable String diagnostic, List<String> frames, boolean client) {}

    /** Cached with the handshake, because every cause may need it. */
    private record Matched(Optional<Refusal> refusal) {}
}
