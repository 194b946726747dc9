package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The security provider of the JDK whose code was at work when a handshake failed, with its version. */
public final class JdkProviders {
    /** Packages of the JDK's providers. */
    private static final Map<String, String> BY_PACKAGE = Map.of(
            "com.sun.crypto.provider.", "SunJCE",
            "sun.security.ec.", "SunEC",
            "sun.security.pkcs11.", "SunPKCS11",
            "sun.security.provider.", "SUN",
            "sun.security.rsa.", "SunRsaSign");

    private static final int SHOWN = 4;

    private JdkProviders() {}

    /** The provider on the stack, and the class in it; without one the first providers of the JVM's list. */
    public static List<Evidence> ofFailure(Handshake handshake) {
        List<String> listed = handshake.configuration() == null
                ? List.of()
                : handshake.configuration().providers();
        for (String frame : handshake.frames()) {
            Optional<String> name = provider(Frames.className(frame));
            if (name.isPresent()) {
                String version = listed.stream()
                        .filter(one -> one.startsWith(name.get() + " ") || one.startsWith(name.get() + "-"))
                        .findFirst()
                        .orElse(name.get() + ", of a version that was not captured");
                return List.of(
                        new Evidence("security provider", version), new Evidence("its class", Frames.className(frame)));
            }
        }
        return List.of(new Evidence(
                "security providers, in order",
                listed.isEmpty()
                        ? "not captured"
                        : String.join(", ", listed.stream().limit(SHOWN).toList())
                                + (listed.size() > SHOWN ? " and " + (listed.size() - SHOWN) + " more" : "")));
    }

    private static Optional<String> provider(String className) {
        return BY_PACKAGE.entrySet().stream()
                .filter(entry -> className.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
