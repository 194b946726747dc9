package dev.tlscope.analyzer.evidence;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Elliptic curves by name. */
public final class Curves {
    /** sun.security.util.NamedCurve.toString: {@code secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)}. */
    private static final Pattern NAMED = Pattern.compile("(\\S+) .*\\([0-9.]+\\)");

    private Curves() {}

    /** The name of a key's curve; empty if it has none, or explicit parameters. */
    public static Optional<String> of(PublicKey key) {
        if (!(key instanceof ECKey ec) || ec.getParams() == null) {
            return Optional.empty();
        }
        Matcher named = NAMED.matcher(ec.getParams().toString());
        return named.lookingAt() ? Optional.of(named.group(1)) : Optional.empty();
    }
}
