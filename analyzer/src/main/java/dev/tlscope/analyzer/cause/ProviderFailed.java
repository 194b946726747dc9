package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.ProviderFailure;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * provider-failure: a security provider that was added to the JVM failed in the handshake, not the application or the
 * peer.
 */
final class ProviderFailed implements Cause {
    static final CauseId PROVIDER_FAILURE = CauseId.of(
            "provider-failure",
            FixedBy.THIS_SIDE,
            "A security provider of this JVM failed in an operation that it offers: to sign, decrypt, derive or encode.",
            "the place of the JDK's code that called it, and the provider's own exception below it",
            "Look at that provider: its log, its version, and the hardware or token that holds the key.",
            "RFC 8446, 6.2");

    private static final int FRAMES = 3;

    @Override
    public List<CauseId> ids() {
        return List.of(PROVIDER_FAILURE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return handshake.raised()
                ? ProviderFailure.of(handshake).map(failure -> finding(handshake, failure))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, ProviderFailure failure) {
        String thrown = FailureEvidence.innermost(handshake).orElse("an exception");
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("security provider", failure.provider()));
        evidence.add(new Evidence("its class", failure.className()));
        evidence.add(new Evidence("asked for", failure.subject(handshake)));
        evidence.add(new Evidence("exception", thrown));
        handshake.frames().stream().limit(FRAMES).forEach(at -> evidence.add(new Evidence("at", at)));
        return new Finding(
                PROVIDER_FAILURE,
                Confidence.LIKELY,
                "The security provider " + failure.provider() + " failed at " + what(failure) + ": "
                        + (thrown.endsWith(".") ? thrown : thrown + "."),
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix(handshake, failure));
    }

    private static String what(ProviderFailure failure) {
        return switch (failure.purpose()) {
            case KEY_EXCHANGE -> "the key exchange";
            case SIGNATURE -> "a signature";
            case OTHER -> "what JSSE asked of it";
        };
    }

    /** IllegalAccessError of a provider that uses classes which its module does not export: since JDK 16 nothing opens them. */
    private static final Pattern NOT_EXPORTED =
            Pattern.compile("because module (\\S+) does not export (\\S+) to (?:unnamed module|module (\\S+))");

    private static List<String> fix(Handshake handshake, ProviderFailure failure) {
        List<String> fix = new ArrayList<>();
        Matcher closed =
                NOT_EXPORTED.matcher(FailureEvidence.innermost(handshake).orElse(""));
        if (closed.find()) {
            String whom = closed.group(3) == null ? "ALL-UNNAMED" : closed.group(3);
            fix.add(
                    "Start the JVM with --add-exports " + closed.group(1) + "/" + closed.group(2) + "=" + whom
                            + ": the provider uses classes of the JDK that are no API; or use a version of it that does without.");
            fix.add(
                    "Or let the JDK's own provider do it: put this one behind it in the list of java.security. If this one is there for"
                            + " FIPS, use its own TLS (BCJSSE, for BouncyCastle's) in the place of SunJSSE.");
            return fix;
        }
        switch (failure.purpose()) {
            case KEY_EXCHANGE -> {
                fix.add(
                        "Put the provider behind the JDK's own, where it is asked last: Security.addProvider in the place of"
                                + " insertProviderAt(..., 1), or the last security.provider.N in java.security; or use a newer version"
                                + " of it.");
                fix.add(
                        "Or leave the groups out that it fails at: -Djdk.tls.namedGroups=secp256r1,secp384r1 has neither x25519 nor"
                                + " x448.");
            }
            case SIGNATURE -> {
                fix.add(
                        "Leave out the schemes that the provider cannot sign with, such as rsa_pss_rsae_sha256: -Djdk.tls."
                                + handshake.role() + ".SignatureSchemes=rsa_pkcs1_sha256,ecdsa_secp256r1_sha256, or"
                                + " SSLParameters.setSignatureSchemes; TLS 1.3 has no others for an RSA key, so use TLSv1.2 with it.");
                fix.add("Or use a newer version of the provider, or of the driver of its token.");
            }
            case OTHER ->
                fix.add(
                        "Use a newer version of the provider, or put it behind the JDK's own in the list of java.security.");
        }
        return fix;
    }
}
