package dev.tlscope.analyzer.scan;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server takes in one version, in the order in which it picked.
 *
 * @param suites empty if it refuses the version
 * @param chain in that version; empty if it was not read
 * @param refusal how it refused; empty if it did not
 * @param trouble whether what it answered is no TLS
 */
public record ScannedVersion(
        int version,
        List<Integer> suites,
        List<Integer> groups,
        List<Integer> schemes,
        List<X509Certificate> chain,
        String refusal,
        boolean trouble) {

    static ScannedVersion refused(int version, HelloAnswer answer) {
        return new ScannedVersion(
                version,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                answer.words(),
                answer.outcome() == HelloAnswer.Reaction.NOT_TLS);
    }

    public boolean isTaken() {
        return !suites.isEmpty();
    }
}
