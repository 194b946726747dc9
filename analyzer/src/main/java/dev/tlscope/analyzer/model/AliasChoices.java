package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.model.AliasVerdict.Reason;
import dev.tlscope.analyzer.model.Configuration.KeyEntry;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Explains why the key manager chose or rejected each alias, by the rules that SunX509KeyManagerImpl.getAliases and
 * X509KeyManagerImpl.getAliases share. Empty when JSSE never asked, or the aliases cannot be read.
 */
public final class AliasChoices {
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+\\.");

    private final boolean client;
    /**
     * True for X509KeyManagerImpl (PKIX), which prefers valid dates and a matching usage; SunX509 takes the first
     * match.
     */
    private final boolean ranks;

    private final List<Event> choices;

    private AliasChoices(boolean client, boolean ranks, List<Event> choices) {
        this.client = client;
        this.ranks = ranks;
        this.choices = choices;
    }

    /** One verdict per alias, in the key manager's order. */
    public static List<AliasVerdict> of(Handshake handshake) {
        List<Event> choices = choices(handshake);
        Configuration configuration = handshake.configuration();
        if (choices.isEmpty() || configuration == null) {
            return List.of();
        }
        boolean ranks = configuration
                .keyManager()
                .filter(name -> name.endsWith(".X509KeyManagerImpl"))
                .isPresent();
        AliasChoices asked = new AliasChoices(handshake.isClient(), ranks, choices);
        return configuration.keyEntries().stream().map(asked::verdict).toList();
    }

    /** KEY_CHOICE events of a handshake: what JSSE asked for, and what the key manager returned. */
    public static List<Event> choices(Handshake handshake) {
        return handshake.events().stream()
                .filter(event -> event.type() == EventType.KEY_CHOICE)
                .toList();
    }

    private AliasVerdict verdict(KeyEntry entry) {
        String taken = null;
        for (Event choice : choices) {
            String alias = choice.text(Field.ALIAS);
            taken = alias == null ? taken : alias;
            if (alias != null && names(alias, entry.alias())) {
                return new AliasVerdict(entry.alias(), true, Reason.CHOSEN, chosen(entry, choice));
            }
        }
        AliasVerdict furthest = null;
        for (Event choice : choices) {
            AliasVerdict now = passedOver(entry, choice, taken);
            if (furthest == null || now.reason().compareTo(furthest.reason()) > 0) {
                furthest = now;
            }
        }
        return furthest == null ? new AliasVerdict(entry.alias(), false, Reason.NOT_KNOWN, "") : furthest;
    }

    /** A key manager of the application's may answer what nobody asked for. */
    private static String chosen(KeyEntry entry, Event choice) {
        long count = choice.number(Field.ISSUER_COUNT, 0);
        boolean strange = count > 0
                && choice.byteStrings(Field.ISSUER).size() == count
                && !entry.chain().isEmpty()
                && !isIssued(entry, choice);
        return strange
                ? "although its chain is by " + issuers(entry) + ", and the peer accepts " + authorities(choice)
                : "fits what was asked for";
    }

    private AliasVerdict passedOver(KeyEntry entry, Event choice, @Nullable String taken) {
        if (entry.chain().isEmpty()) {
            return passed(entry, Reason.NOT_KNOWN, "its certificates do not parse");
        }
        X509Certificate leaf = entry.chain().get(0);
        List<String> types = choice.texts(Field.KEY_TYPE);
        if (types.stream().noneMatch(type -> isOfType(entry, type))) {
            // JSSE asks once per scheme of the peer; the reason is the same for all of them
            String asked = String.join(
                    ", ",
                    new TreeSet<>(choices.stream()
                            .flatMap(any -> any.texts(Field.KEY_TYPE).stream())
                            .toList()));
            return passed(
                    entry,
                    Reason.KEY_TYPE,
                    "its key is " + leaf.getPublicKey().getAlgorithm() + ", requested: " + asked);
        }
        long count = choice.number(Field.ISSUER_COUNT, 0);
        if (count > 0 && !isIssued(entry, choice)) {
            // If the capture does not have all authorities, one of the others may match.
            boolean all = choice.byteStrings(Field.ISSUER).size() == count;
            return all
                    ? passed(
                            entry,
                            Reason.ISSUER,
                            "its chain is by " + issuers(entry) + ", the peer accepts " + authorities(choice))
                    : passed(entry, Reason.NOT_KNOWN, "the peer names more authorities than are captured");
        }
        if (taken == null) {
            return passed(
                    entry,
                    Reason.NOT_KNOWN,
                    "key type and authorities fit; the algorithm constraints of the key manager may forbid it");
        }
        Instant then = Instant.ofEpochSecond(0, choice.timeNanos());
        Instant from = leaf.getNotBefore().toInstant();
        Instant until = leaf.getNotAfter().toInstant();
        if (ranks && (then.isBefore(from) || then.isAfter(until))) {
            return passed(entry, Reason.DATES, "valid from " + from + " to " + until);
        }
        if (ranks && !hasUsage(leaf)) {
            return passed(
                    entry, Reason.KEY_USAGE, "its extendedKeyUsage is not for a " + (client ? "client" : "server"));
        }
        return passed(entry, Reason.OTHER_TAKEN, "fits as well, but " + taken + " was taken");
    }

    private static AliasVerdict passed(KeyEntry entry, Reason reason, String detail) {
        return new AliasVerdict(entry.alias(), false, reason, detail);
    }

    /** X509KeyManagerImpl.makeAlias prefixes the key store's alias with two numbers. */
    private static boolean names(String answered, String alias) {
        int before = answered.length() - alias.length();
        return answered.endsWith(alias)
                && (before == 0 || NUMBERS.matcher(answered).region(0, before).matches());
    }

    /** X509KeyManagerImpl.KeyType.matches: the second part of EC_RSA is the algorithm of the issuer's key. */
    private static boolean isOfType(KeyEntry entry, String type) {
        int split = type.indexOf('_');
        String key = split < 0 ? type : type.substring(0, split);
        X509Certificate leaf = entry.chain().get(0);
        if (!leaf.getPublicKey().getAlgorithm().equals(key)) {
            return false;
        }
        if (split < 0) {
            return true;
        }
        String signer = type.substring(split + 1);
        return entry.chain().size() > 1
                ? entry.chain().get(1).getPublicKey().getAlgorithm().equals(signer)
                : leaf.getSigAlgName().toUpperCase(Locale.ROOT).contains("WITH" + signer.toUpperCase(Locale.ROOT));
    }

    private static boolean isIssued(KeyEntry entry, Event choice) {
        Set<X500Principal> authorities = new HashSet<>(names(choice));
        return entry.chain().stream()
                .anyMatch(certificate -> authorities.contains(certificate.getIssuerX500Principal()));
    }

    private boolean hasUsage(X509Certificate leaf) {
        try {
            List<String> usage = leaf.getExtendedKeyUsage();
            return usage == null || usage.contains(ANY_USAGE) || usage.contains(client ? CLIENT_AUTH : SERVER_AUTH);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static String issuers(KeyEntry entry) {
        Set<String> names = new TreeSet<>();
        entry.chain()
                .forEach(certificate ->
                        names.add(certificate.getIssuerX500Principal().getName()));
        return String.join(" and ", names);
    }

    private static String authorities(Event choice) {
        List<X500Principal> names = names(choice);
        String first = names.stream()
                .limit(3)
                .map(X500Principal::getName)
                .reduce((a, b) -> a + "; " + b)
                .orElse("others");
        return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
    }

    private static List<X500Principal> names(Event choice) {
        List<X500Principal> names = new ArrayList<>();
        for (byte[] encoded : choice.byteStrings(Field.ISSUER)) {
            try {
                names.add(new X500Principal(encoded));
            } catch (IllegalArgumentException e) {
                // A capture may contain anything.
            }
        }
        return names;
    }
}
