package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** keystore-password of an application that cannot read a key store or a private key, before there is any SSLContext. */
final class StoreUnreadable {
    private static final String STORE = "java.security.KeyStore";
    private static final String KEY = "java.security.KeyFactory";

    /** The JDK's words for a first byte that no PKCS#12 file has, and for what stands behind the first length. */
    private static final Pattern FIRST_BYTE = Pattern.compile("rejects tag type (-?\\d+)");

    private static final Pattern LENGTH = Pattern.compile("lengthTag=(\\d+)");
    private static final Pattern NO_VERSION = Pattern.compile("getBigInteger(?:Internal)?, not (?:an int|expected) 48");

    private final Event event;
    private final List<String> exceptions;

    private StoreUnreadable(Event event) {
        this.event = event;
        this.exceptions = event.texts(Field.EXCEPTION);
    }

    static boolean isMeant(Event event) {
        return STORE.equals(event.text(Field.CLASS)) || KEY.equals(event.text(Field.CLASS));
    }

    /** Whether the same thread read it after all, by another type or algorithm, and the failures before it are none. */
    static boolean isTakenBack(Event event) {
        return "read".equals(event.text(Field.NAME));
    }

    /** Equal for attempts of one thread at stores, or at keys. */
    static String attempts(Event event) {
        return event.text(Field.CLASS) + "\n" + event.text(Field.THREAD) + "\n";
    }

    /** Equal for attempts at one store or key by one place of the application. */
    static String key(Event event) {
        return attempts(event) + event.text(Field.VALUE) + "\n" + askedBy(event);
    }

    static Finding finding(Event event) {
        StoreUnreadable unread = new StoreUnreadable(event);
        return STORE.equals(event.text(Field.CLASS)) ? unread.store() : unread.privateKey();
    }

    private Finding store() {
        String file = event.text(Field.VALUE);
        String type = type();
        Why why = why(type);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("file", file == null ? "not captured" : file));
        evidence.add(new Evidence("read as", type));
        return new Finding(
                Warnings.KEYSTORE_PASSWORD,
                why.confidence,
                "The application cannot read the key store" + (file == null ? "" : " " + file) + ": " + why.words + ".",
                all(evidence),
                why.fix);
    }

    private record Why(Confidence confidence, String words, List<String> fix) {
        Why(String words, String... fix) {
            this(Confidence.CERTAIN, words, List.of(fix));
        }
    }

    private Why why(String type) {
        if (said("not ascii") || said("can't be null") || said("must not be null")) {
            return new Why(
                    Confidence.CERTAIN,
                    "the password that it gives cannot be used (" + last() + ")",
                    List.of(
                            "Give the password of this file, in ASCII: the encryption of such stores takes no other characters.",
                            "Look at what the application reads it from: an unset property gives null."));
        }
        if (said("password was incorrect") || said("unrecoverablekey") || said("mac invalid")) {
            // a damaged file fails the same check (RFC 7292, 4)
            return new Why(
                    Confidence.LIKELY,
                    "the password that it gives is wrong",
                    List.of(
                            "Give the password of this file: keytool -list -keystore FILE prompts for it and shows whether it is"
                                    + " right. If keytool refuses the right password too, the file is damaged.",
                            "If the file was made anew, the old password is still configured; if the password stands in an"
                                    + " environment variable or a secret, look for a newline at its end."));
        }
        if (said("parsealgparameters")
                || said("hmacpbesha256")
                || said("algorithm hmacpbe")
                || said("1.2.840.113549.1.5.13")) {
            return new Why(
                    "it is encrypted in a way that this JDK does not have",
                    "Make it anew in the older form: keytool -importkeystore with -J-Dkeystore.pkcs12.legacy, or openssl pkcs12"
                            + " -export -legacy; or update the JDK (8u301, 11.0.12 and later read the new one).");
        }
        String found = found();
        if (found != null) {
            return new Why(
                    "it is " + found + ", no " + type,
                    isJks(found)
                            ? "Give the type " + found + " where " + type
                                    + " is configured (keyStoreType, key-store-type, KeyStore.getInstance), or convert the file: keytool"
                                    + " -importkeystore -srckeystore FILE -srcstoretype " + found
                                    + " -deststoretype PKCS12."
                            : fixOf(found),
                    "Look at it: keytool -list -keystore FILE, or tlscope check FILE.");
        }
        return new Why(
                "it is no " + type + ", or it is damaged (" + last() + ")",
                "Look at it: keytool -list -keystore FILE, or tlscope check FILE.",
                "A build that filters resources (Maven's) changes the bytes of a key store: exclude it from filtering. A Git checkout"
                        + " that converts line ends does the same.");
    }

    private static boolean isJks(String found) {
        return found.equals("JKS") || found.equals("JCEKS");
    }

    private static String fixOf(String found) {
        return found.startsWith("PEM")
                ? "Make a key store of the PEM files: openssl pkcs12 -export -inkey KEY.pem -in CHAIN.pem -out FILE.p12; or configure"
                        + " them as PEM where the application takes that."
                : found.startsWith("a certificate")
                        ? "Use the key store itself: what keytool -exportcert writes is a certificate without the private key, whatever the"
                                + " file's name."
                        : "Decode it first: base64 -d FILE > FILE.p12.";
    }

    /** What the file is instead, by its first bytes in the JDK's words. */
    private @Nullable String found() {
        Matcher first = matcher(FIRST_BYTE);
        if (first != null) {
            int octet = Integer.parseInt(first.group(1)) & 0xFF;
            return octet == '-' ? "PEM text" : octet == 'M' ? "base64 text" : null;
        }
        Matcher length = matcher(LENGTH);
        if (length != null) {
            // 0xFEEDFEED and 0xCECECECE: the low bits of the second byte
            return length.group(1).equals("109") ? "JKS" : length.group(1).equals("78") ? "JCEKS" : null;
        }
        return matcher(NO_VERSION) == null ? null : "a certificate (DER)";
    }

    private @Nullable Matcher matcher(Pattern pattern) {
        for (String words : exceptions) {
            Matcher matcher = pattern.matcher(words);
            if (matcher.find()) {
                return matcher;
            }
        }
        return null;
    }

    private String type() {
        String by = String.valueOf(event.text(Field.ALGORITHM));
        return by.contains("PKCS12") ? "PKCS12" : by.contains("JKS") || by.contains("JavaKeyStore") ? "JKS" : by;
    }

    private Finding privateKey() {
        String form = String.valueOf(event.text(Field.VALUE));
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("the key's encoding", form));
        evidence.add(new Evidence("read as", "PKCS#8, by " + event.text(Field.ALGORITHM)));
        return new Finding(
                Warnings.KEYSTORE_PASSWORD,
                Confidence.LIKELY,
                "The application cannot read a private key: " + meaning(form) + ".",
                all(evidence),
                keyFix(form));
    }

    private static String meaning(String form) {
        return switch (form) {
            case "PKCS#1" ->
                "it is in PKCS#1 (BEGIN RSA PRIVATE KEY), and the code reads PKCS#8 alone (BEGIN PRIVATE KEY)";
            case "SEC 1" ->
                "it is in SEC 1 (BEGIN EC PRIVATE KEY), and the code reads PKCS#8 alone (BEGIN PRIVATE KEY)";
            case "encrypted PKCS#8" ->
                "it is encrypted (BEGIN ENCRYPTED PRIVATE KEY), and the code does not decrypt it";
            case "PEM" -> "the code takes the PEM text for DER";
            default -> "its bytes are no private key";
        };
    }

    private static List<String> keyFix(String form) {
        // certain would need that no other provider's KeyFactory read it afterwards, which is not captured
        String convert = "openssl pkcs8 -topk8 -nocrypt -in KEY.pem -out KEY8.pem";
        return switch (form) {
            case "PKCS#1", "SEC 1" ->
                List.of(
                        "Convert it: " + convert + ".",
                        "For cert-manager, set privateKey.encoding: PKCS8 in the Certificate.");
            case "encrypted PKCS#8" ->
                List.of("Give the application the key's password, or store the key without one: " + convert + ".");
            case "PEM" ->
                List.of(
                        "Remove the BEGIN and END lines and decode the base64 between them, or give the file to what reads PEM.");
            default -> List.of("Look at it: openssl pkey -noout -text -in KEY.pem, or tlscope check KEY.pem.");
        };
    }

    private List<Evidence> all(List<Evidence> evidence) {
        exceptions.forEach(words -> evidence.add(new Evidence("exception", words)));
        String by = askedBy(event);
        if (by != null) {
            evidence.add(new Evidence("asked for by", by));
        }
        return List.copyOf(evidence);
    }

    private static @Nullable String askedBy(Event event) {
        return event.texts(Field.FRAME).stream()
                .filter(Frames::isApplication)
                .findFirst()
                .orElse(null);
    }

    private String last() {
        return exceptions.isEmpty() ? "no reason is given" : exceptions.get(exceptions.size() - 1);
    }

    private boolean said(String words) {
        return exceptions.stream()
                .anyMatch(link -> link.toLowerCase(Locale.ROOT).contains(words));
    }
}
