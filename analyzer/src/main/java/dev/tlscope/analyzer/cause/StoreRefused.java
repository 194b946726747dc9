package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * keystore-password: JSSE cannot create the default SSLContext because a store cannot be opened; all TLS of the JVM
 * that uses it fails.
 */
final class StoreRefused {
    private static final String TRUST = "-Djavax.net.ssl.trustStore";
    private static final String KEYS = "-Djavax.net.ssl.keyStore";

    private final Event event;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> exceptions;

    private StoreRefused(Event event) {
        this.event = event;
        this.exceptions = event.texts(Field.EXCEPTION);
        List<String> names = event.texts(Field.NAME);
        List<String> values = event.texts(Field.VALUE);
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            properties.put(names.get(i), values.get(i));
        }
    }

    /** True for the event of a default that cannot be created; false for that of a key that cannot be opened. */
    static boolean isMeant(Event event) {
        return event.text(Field.ALIAS) == null
                && event.texts(Field.FRAME).stream().anyMatch(frame -> frame.contains("DefaultManagersHolder."));
    }

    static Finding finding(Event event) {
        return new StoreRefused(event).told();
    }

    private Finding told() {
        List<Evidence> evidence = new ArrayList<>();
        properties.forEach((name, value) -> evidence.add(new Evidence(name, value)));
        exceptions.forEach(exception -> evidence.add(new Evidence("exception", exception)));
        event.texts(Field.FRAME).stream()
                .filter(Frames::isApplication)
                .findFirst()
                .ifPresent(frame -> evidence.add(new Evidence("asked for by", frame)));
        return new Finding(
                Warnings.KEYSTORE_PASSWORD,
                // a damaged file fails the check of the password too (RFC 7292, 4)
                isPassword() ? Confidence.LIKELY : Confidence.CERTAIN,
                "The default SSLContext cannot be created: the " + store() + " cannot be opened, " + why() + ".",
                List.copyOf(evidence),
                fix());
    }

    private boolean isTrust() {
        return event.texts(Field.FRAME).stream().anyMatch(frame -> frame.contains("getTrustManagers("));
    }

    private String file() {
        return properties.getOrDefault(isTrust() ? TRUST : KEYS, isTrust() ? "the JDK's own cacerts" : "no file");
    }

    private String store() {
        return (isTrust() ? "trust store " : "key store ") + file();
    }

    private boolean said(String words) {
        return exceptions.stream()
                .anyMatch(link -> link.toLowerCase(Locale.ROOT).contains(words));
    }

    private boolean isPassword() {
        return said("password") || said("unrecoverablekey");
    }

    private boolean isType() {
        return said("keystoreexception") && said("not found");
    }

    private boolean isFile() {
        return said("filenotfoundexception") || said("nosuchfileexception") || said("accessdenied");
    }

    private String why() {
        String last = exceptions.isEmpty() ? "no reason is given" : exceptions.get(exceptions.size() - 1);
        return (isPassword()
                        ? "its password is wrong"
                        : isType()
                                ? "no provider of this JVM has its type"
                                : isFile() ? "the file cannot be read" : "since JSSE met")
                + " (" + last + ")";
    }

    private List<String> fix() {
        String property = isTrust() ? TRUST : KEYS;
        if (isPassword()) {
            return List.of("Set " + property + "Password to the password of " + file() + ": keytool -list -keystore "
                    + file()
                    + " prompts for it and shows whether it is right. If keytool refuses the right password too, the file"
                    + " is damaged.");
        }
        if (isType()) {
            String type =
                    properties.getOrDefault(property + "Type", properties.getOrDefault("keystore.type", "the default"));
            return List.of(
                    "Set " + property + "Type to the type of " + file() + ", PKCS12 or JKS; " + type
                            + " is what "
                            + (properties.containsKey(property + "Type")
                                    ? property + "Type names"
                                    : "the security property keystore.type in java.security names")
                            + ", and no provider in the list of this JVM has it.",
                    "Or add the provider that has it (SunPKCS11 with its configuration, for PKCS11).");
        }
        if (isFile()) {
            return List.of("Check that " + file() + " is there, that " + property
                    + " names it by its whole path, and that this process may read it.");
        }
        return List.of("Check that " + file() + " is a key store of its type: keytool -list -keystore " + file()
                + "; a damaged file, or PEM in place of a key store, has the same effect.");
    }
}
