package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A failure of a security provider that is not the JDK's, in a call by JSSE through java.security or javax.crypto.
 *
 * @param className the class that threw, or whose object JSSE could not use
 * @param provider its name and position in the JVM's list; the class's name if it is not in the list
 * @param purpose what JSSE needed it for
 */
public record ProviderFailure(String className, String provider, Purpose purpose) {
    /** The purposes for which JSSE calls a provider. */
    public enum Purpose {
        KEY_EXCHANGE,
        SIGNATURE,
        OTHER
    }

    /** Method names in service provider interfaces: java.security.SignatureSpi, javax.crypto.KeyAgreementSpi. */
    private static final Pattern SERVICE = Pattern.compile("engine[A-Z]\\w*|generate(KeyPair|Key|Secret)");

    private static final Pattern CAST =
            Pattern.compile("java\\.lang\\.ClassCastException: (?:class )?([\\w.$]+) cannot be cast to .*");

    /** Empty if only the JDK's providers were involved. */
    public static Optional<ProviderFailure> of(Handshake handshake) {
        List<String> frames = handshake.frames();
        return thrower(frames)
                .or(() -> misfit(handshake, frames))
                .map(className -> new ProviderFailure(className, listed(handshake, className), purpose(frames)));
    }

    private static Optional<String> thrower(List<String> frames) {
        return frames.stream()
                .takeWhile(frame -> !Frames.isJsse(frame))
                .filter(frame -> Frames.isApplication(frame)
                        && SERVICE.matcher(Frames.methodName(frame)).matches())
                .map(Frames::className)
                .findFirst()
                .filter(name -> frames.stream().anyMatch(Frames::isJsse));
    }

    /** JSSE itself rejected an object whose class the JDK's providers do not use. */
    private static Optional<String> misfit(Handshake handshake, List<String> frames) {
        if (frames.isEmpty() || !Frames.isJsse(frames.get(0))) {
            return Optional.empty();
        }
        return FailureEvidence.innermost(handshake)
                .map(CAST::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .filter(Frames::isApplication);
    }

    /** The listed provider whose class shares its first packages with the class that threw. */
    private static String listed(Handshake handshake, String className) {
        List<String> providers = handshake.configuration() == null
                ? List.of()
                : handshake.configuration().providers();
        for (int at = 0; at < providers.size(); at++) {
            String listed = providers.get(at);
            String theirs = listed.substring(listed.lastIndexOf(' ') + 1);
            if (root(theirs).equals(root(className))) {
                return listed + ", position " + (at + 1) + " of " + providers.size();
            }
        }
        return className;
    }

    /** org.bouncycastle for org.bouncycastle.jce.provider.X; the outer class if there is no package. */
    private static String root(String className) {
        String[] parts = className.split("[.$]", -1);
        return parts.length > 2 ? parts[0] + "." + parts[1] : parts[0];
    }

    private static Purpose purpose(List<String> frames) {
        String jsse = frames.stream()
                .filter(frame -> Frames.isJsse(frame)
                        || frame.contains("javax.crypto.KeyAgreement")
                        || frame.contains("java.security.Signature"))
                .limit(2)
                .reduce("", (all, frame) -> all + " " + frame);
        return jsse.contains("KeyExchange")
                        || jsse.contains("KeyAgreement")
                        || jsse.contains("KAKeyDerivation")
                        || jsse.contains("NamedGroup")
                ? Purpose.KEY_EXCHANGE
                : jsse.contains("Signature") || jsse.contains("CertificateVerify") ? Purpose.SIGNATURE : Purpose.OTHER;
    }

    /** The signature schemes or groups involved, as far as the capture shows. */
    public String subject(Handshake handshake) {
        return switch (purpose) {
            case KEY_EXCHANGE ->
                "the key exchange, groups "
                        + Lists.few(
                                handshake.setUp(Field.NAMED_GROUP).isEmpty()
                                        ? List.of("not captured")
                                        : handshake.setUp(Field.NAMED_GROUP));
            case SIGNATURE ->
                "the signature of "
                        + handshake.keyPairs().stream()
                                .map(pair ->
                                        "alias " + pair.text(Field.ALIAS) + ", key " + pair.text(Field.KEY_ALGORITHM))
                                .findFirst()
                                .orElse("this side's key")
                        + (handshake.isTls13()
                                ? "; TLS 1.3 signs with RSASSA-PSS where the key is RSA (RFC 8446, 4.2.3)"
                                : "");
            case OTHER -> "the handshake";
        };
    }
}
