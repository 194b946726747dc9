package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.work.Recent;
import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of jdk.tls.disabledAlgorithms or jdk.certpath.disabledAlgorithms, as java.security documents them.
 *
 * @param text the entry's text
 * @param algorithm the name that it begins with
 * @param limit for the key's size; null if there is none
 * @param conditional true for a condition that a capture cannot show to be met: jdkCA, usage, denyAfter
 */
public record PolicyEntry(
        String text, String algorithm, @Nullable Limit limit, boolean conditional) {
    private static final Pattern KEY_SIZE = Pattern.compile("(\\S+)\\s+keySize\\s*(<=|<|>=|>|==|!=)\\s*(\\d{1,9})");
    private static final Pattern CONDITION = Pattern.compile("\\b(jdkCA|usage|denyAfter)\\b");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private static final int MOST_KNOWN = 64;

    /** All failed handshakes of a service have the same few values, with hundreds of entries. */
    private static final Recent<String, List<PolicyEntry>> KNOWN = new Recent<>(MOST_KNOWN);

    /** The key sizes in bits that are forbidden. */
    record Limit(String operator, int bits) {
        private boolean meets(int size) {
            return switch (operator) {
                case "<" -> size < bits;
                case "<=" -> size <= bits;
                case ">" -> size > bits;
                case ">=" -> size >= bits;
                case "==" -> size == bits;
                default -> size != bits;
            };
        }
    }

    /** The entries of a property's value. */
    public static List<PolicyEntry> of(String value) {
        return KNOWN.get(
                value,
                any -> Arrays.stream(any.split(",", -1))
                        .map(String::trim)
                        .filter(entry -> !entry.isEmpty())
                        .map(PolicyEntry::parse)
                        .toList());
    }

    private static PolicyEntry parse(String text) {
        Matcher sized = KEY_SIZE.matcher(text);
        boolean limited = sized.lookingAt();
        return new PolicyEntry(
                text,
                SPACE.split(text, 2)[0],
                limited ? new Limit(sized.group(2), Integer.parseInt(sized.group(3))) : null,
                CONDITION.matcher(text).find());
    }

    /** The size of a key in bits; -1 for an unknown kind of key. */
    public static int size(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength();
        }
        return key instanceof DSAKey dsa && dsa.getParams() != null
                ? dsa.getParams().getP().bitLength()
                : -1;
    }

    /** True when it names the algorithm, with or without a condition. */
    boolean names(String name) {
        return text.equalsIgnoreCase(name) || text.regionMatches(true, 0, name + " ", 0, name.length() + 1);
    }

    /** True when it forbids a key, by its algorithm, size or curve. */
    public boolean forbids(PublicKey key) {
        boolean curve = limit == null
                && Curves.of(key).filter(algorithm::equalsIgnoreCase).isPresent();
        return curve || (algorithm.equalsIgnoreCase(key.getAlgorithm()) && (limit == null || limit.meets(size(key))));
    }

    /** True when it limits that algorithm's key size, and forbids this size in bits. */
    boolean forbids(String keyAlgorithm, int bits) {
        return limit != null && algorithm.equalsIgnoreCase(keyAlgorithm) && limit.meets(bits);
    }

    /** True when it forbids a certificate's signature by a part of its algorithm: SHA1 of SHA1withRSA; not MD5 of nothing. */
    public boolean forbidsSignature(String signature) {
        if (limit != null) {
            return false;
        }
        String plain = algorithm.replace("-", "").toUpperCase(Locale.ROOT);
        String whole = signature.replace("-", "").toUpperCase(Locale.ROOT);
        return whole.equals(plain) || Arrays.asList(whole.split("WITH|AND", -1)).contains(plain);
    }
}
