package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.NegotiatedParameters;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text output of what a client agreed on with a server, and of how several connections to it differ. */
public final class SessionText {
    private static final List<String> ASPECTS =
            List.of("address", "outcome", "protocol", "cipher suite", "group", "scheme", "ALPN", "certificate");

    private final PrintWriter out;
    private final Style style;

    public SessionText(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** The session and the server's chain. */
    public void session(Handshake handshake) {
        NegotiatedParameters agreed = NegotiatedParameters.of(handshake);
        List<String> words = new ArrayList<>();
        words.add(text(handshake.protocol()));
        words.add(text(handshake.cipherSuite()));
        agreed.namedGroup().ifPresent(group -> words.add(NamedGroups.nameOf(group)));
        agreed.signatureScheme().ifPresent(scheme -> words.add(SignatureSchemes.nameOf(scheme)));
        handshake.applicationProtocol().ifPresent(name -> words.add("ALPN " + PrintableText.of(name)));
        out.println(style.green("completed") + "  " + String.join("  ", words));
        int number = 0;
        for (X509Certificate certificate : handshake.certificates(!handshake.isClient())) {
            out.println("  " + number++ + "  " + PrintableText.of(Certificates.describe(certificate)));
            out.println("     issued by "
                    + PrintableText.of(certificate.getIssuerX500Principal().getName()) + ", until "
                    + certificate.getNotAfter().toInstant());
        }
    }

    /**
     * Connections of equal outcome together, the most frequent first, and in what the others differ.
     *
     * @param findings why a handshake failed; null if it did not
     */
    public void groups(Map<Handshake, @Nullable Finding> findings, int unreached) {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        findings.forEach((handshake, finding) -> counts.merge(aspects(handshake, finding), 1, Integer::sum));
        List<Map.Entry<List<String>, Integer>> groups = new ArrayList<>(counts.entrySet());
        groups.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        List<String> most = groups.isEmpty() ? List.of() : groups.get(0).getKey();
        for (Map.Entry<List<String>, Integer> group : groups) {
            List<String> differs = new ArrayList<>();
            for (int i = 0; i < ASPECTS.size(); i++) {
                if (!group.getKey().get(i).equals(most.get(i))) {
                    differs.add(ASPECTS.get(i));
                }
            }
            String line = String.join(
                    "  ",
                    group.getKey().stream().filter(value -> !value.isEmpty()).toList());
            out.println(String.format("%5d  ", group.getValue()) + PrintableText.of(line));
            if (!differs.isEmpty()) {
                out.println("       " + style.red("differs from the others in: " + String.join(", ", differs)));
            }
        }
        if (unreached > 0) {
            out.println(String.format("%5d  ", unreached) + style.red("not connected"));
        }
        String sentence = groups.size() + (unreached > 0 ? 1 : 0) == 1
                ? "All connections are alike."
                : "The connections are of " + (groups.size() + (unreached > 0 ? 1 : 0)) + " kinds.";
        out.println(style.bold(sentence));
    }

    private static List<String> aspects(Handshake handshake, @Nullable Finding finding) {
        NegotiatedParameters agreed = NegotiatedParameters.of(handshake);
        List<X509Certificate> chain = handshake.certificates(!handshake.isClient());
        return List.of(
                text(handshake.peer()),
                finding == null
                        ? handshake.outcome()
                        : "failed: " + finding.cause().id(),
                text(handshake.protocol()),
                text(handshake.cipherSuite()),
                agreed.namedGroup().isPresent()
                        ? NamedGroups.nameOf(agreed.namedGroup().getAsInt())
                        : "",
                agreed.signatureScheme().isPresent()
                        ? SignatureSchemes.nameOf(agreed.signatureScheme().getAsInt())
                        : "",
                handshake.applicationProtocol().orElse(""),
                chain.isEmpty()
                        ? ""
                        : Certificates.describe(chain.get(0)) + ", until "
                                + chain.get(0).getNotAfter().toInstant());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
