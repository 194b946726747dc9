package dev.tlscope.analyzer.evidence;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a certificate is valid for, and whether a host is among them (RFC 9525, 6.3). */
public final class HostNames {
    private static final int DNS = 2; // GeneralName (RFC 5280, 4.2.1.6)
    private static final int IP = 7;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");

    private static final Pattern IPV4 = Pattern.compile("\\d+(\\.\\d+){3}");

    private HostNames() {}

    /** DNS names and addresses of subjectAltName; if it has no DNS name, the CN, like JSSE. */
    public static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>(alternatives(certificate, DNS));
        boolean dns = !names.isEmpty();
        names.addAll(alternatives(certificate, IP));
        if (!dns) {
            Matcher commonName =
                    COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
            if (commonName.find()) {
                names.add(commonName.group(1));
            }
        }
        return List.copyOf(names);
    }

    /**
     * The names that are compared with a host: only iPAddress for an address (RFC 2818, 3.1; HostnameChecker.matchIP).
     */
    public static List<String> comparedWith(String host, X509Certificate certificate) {
        return isAddress(host) ? alternatives(certificate, IP) : of(certificate);
    }

    /** True when subjectAltName is missing, or has neither a DNS name nor an address. */
    public static boolean hasNoAlternative(X509Certificate certificate) {
        return alternatives(certificate, DNS).isEmpty()
                && alternatives(certificate, IP).isEmpty();
    }

    /** True when subjectAltName has an address. */
    static boolean hasAddress(X509Certificate certificate) {
        return !alternatives(certificate, IP).isEmpty();
    }

    public static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static List<String> alternatives(X509Certificate certificate, int type) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.get(0).equals(type)) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // a malformed extension counts as empty
        }
        return names;
    }

    public static boolean matches(String host, List<String> names) {
        return names.stream().anyMatch(name -> matches(host.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(String host, String name) {
        if (!name.startsWith("*.")) {
            return host.equals(name);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(name.substring(1));
    }

    /** The wildcard of a certificate under which a host stands that has more labels than the one it takes the place of. */
    public static Optional<String> wildcardAbove(String host, List<String> names) {
        String lower = host.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> name.startsWith("*.") && name.indexOf('.', 2) > 0)
                .filter(name -> lower.endsWith(name.substring(1).toLowerCase(Locale.ROOT)))
                .filter(name ->
                        lower.substring(0, lower.length() - name.length() + 1).indexOf('.') >= 0)
                .findFirst();
    }

    /** Why that wildcard does not help. */
    public static String oneLabel(String wildcard, String host) {
        return "A wildcard stands for one label (RFC 9525, 6.3): " + wildcard + " does not match " + host
                + ", which has more before " + wildcard.substring(2) + ".";
    }
}
