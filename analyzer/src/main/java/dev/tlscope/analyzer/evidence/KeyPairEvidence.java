package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A certificate and the private key that a key manager returned with it, from a KEY_PAIR event. */
public final class KeyPairEvidence {
    private KeyPairEvidence() {}

    /** Certificate, alias and the fingerprints of both keys. */
    public static List<Evidence> of(Event pair) {
        List<Evidence> facts = new ArrayList<>();
        leaf(pair).ifPresent(leaf -> facts.add(new Evidence("certificate", Certificates.describe(leaf))));
        put(facts, "alias", pair.text(Field.ALIAS));
        put(facts, "certificate's key SHA-256", pair.text(Field.CERTIFICATE_KEY_SHA256));
        put(facts, "private key's key SHA-256", pair.text(Field.PRIVATE_KEY_SHA256));
        put(facts, "compared", pair.text(Field.REASON));
        return facts;
    }

    /** The pair's certificate; empty when it was not captured or does not parse. */
    public static Optional<X509Certificate> leaf(Event pair) {
        byte[] der = pair.bytes(Field.CERTIFICATE);
        return der == null ? Optional.empty() : Certificates.parse(der);
    }

    private static void put(List<Evidence> facts, String what, @Nullable String value) {
        if (value != null) {
            facts.add(new Evidence(what, value));
        }
    }
}
