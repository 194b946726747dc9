package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What failures of one problem have in common: the same cause seen from the same side, the same steps, about the same
 * authority, host, alias or entry; and, if the peer has to act or nothing else is named, the same peer.
 *
 * @param names the names in the sentence and the steps
 * @param party the peer; empty where it does not matter
 */
record Remedy(CauseId cause, String role, List<String> steps, List<String> names, String party) {
    /** Values that differ between connections with the same remedy: times, hashes, sizes. */
    private static final Pattern PASSING = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z?|[0-9a-f]{16,}"
            + "|(?<![\\w.])[0-9]{3,}(?![\\w.]*\\w)|(?<=:)[0-9]{4,5}\\b");

    /** Distinguished names (RFC 4514), aliases of key stores and classes of Java. */
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:CN|OU|O|DC|C|L|ST|SERIALNUMBER)=(?:\\\\.|[^,;:()\\\\]|,(?=[A-Z]{1,15}=))+"
                    + "|\\balias [^ ,;:()]+|\\b(?:[a-z][\\w]*\\.)+[A-Z][\\w$.]*");

    static Remedy of(Handshake handshake, Finding finding, Actor actor) {
        List<String> steps =
                finding.fix().stream().map(step -> lasting(handshake, step)).toList();
        List<String> names = names(handshake, finding);
        boolean namesEnough = actor == Actor.US && !names.isEmpty();
        return new Remedy(finding.cause(), handshake.role(), steps, names, namesEnough ? "" : party(handshake));
    }

    /** The remedy of a finding about the whole JVM. */
    static Remedy of(Finding finding) {
        return new Remedy(finding.cause(), "", finding.fix(), List.of(finding.summary()), "");
    }

    /** For the rest, if there are too many to distinguish. */
    Remedy rest() {
        return new Remedy(cause, role, List.of(), List.of(), "");
    }

    private static String lasting(Handshake handshake, String text) {
        String peer = handshake.peer();
        String withoutPeer = peer == null || handshake.isClient() ? text : text.replace(peer, "PEER");
        return PASSING.matcher(withoutPeer).replaceAll("#");
    }

    private static List<String> names(Handshake handshake, Finding finding) {
        String text = finding.summary() + "\n" + String.join("\n", finding.fix());
        TreeSet<String> names = new TreeSet<>();
        for (Matcher found = NAMED.matcher(text); found.find(); ) {
            names.add(found.group());
        }
        for (String host : Parties.hosts(handshake)) {
            if (text.contains(host)) {
                names.add(host.toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(names);
    }

    /** A server by name and port; a client by the subject of its certificate, with the port that it connected to. */
    private static String party(Handshake handshake) {
        if (handshake.isClient()) {
            return Parties.endpoint(handshake);
        }
        List<X509Certificate> shown = handshake.certificates(false);
        return Parties.endpoint(handshake)
                + (shown.isEmpty()
                        ? ""
                        : " " + shown.get(0).getSubjectX500Principal().getName());
    }
}
