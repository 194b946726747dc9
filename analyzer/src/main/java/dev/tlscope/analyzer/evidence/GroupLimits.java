package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.evidence.OfferLimit.Source;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.PolicyRemoval;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.JsseDefaults;
import dev.tlscope.capture.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What removes groups and signature schemes from a connection's lists, mostly elliptic curves. */
final class GroupLimits {
    private static final String GROUPS = "jdk.tls.namedGroups";
    private static final String CURVES_SWITCH = "com.sun.net.ssl.enableECC";
    private static final int FIRST_WITHOUT_OTHER_CURVES = 16;
    private static final int FIRST_WITH_SET_GROUPS = 20;
    private static final int FIRST_WITH_SUN_EC_IN_BASE = 22;

    private final Handshake handshake;
    private final Configuration configuration;
    private final OfferSettings settings;
    private final List<String> groups;
    private final List<String> schemes;

    GroupLimits(Handshake handshake, Configuration configuration, OfferSettings settings) {
        this.handshake = handshake;
        this.configuration = configuration;
        this.settings = settings;
        this.groups = handshake.setUp(Field.NAMED_GROUP);
        this.schemes = handshake.setUp(Field.ACTIVE_SIGNATURE_SCHEME);
    }

    @Nullable
    OfferLimit group(String group) {
        if (groups.isEmpty() || groups.contains(group)) {
            return null;
        }
        OfferLimit policy = settings.policy(PolicyRemoval.of(configuration, Kind.GROUP, group));
        if (policy != null) {
            return policy;
        }
        OfferLimit property = settings.property(List.of(GROUPS), group);
        if (property != null) {
            return property;
        }
        OfferLimit withoutCurves = isCurve(group) ? withoutCurves() : null;
        if (withoutCurves != null) {
            return withoutCurves;
        }
        // what a capture does not have the property of, SSLParameters.setNamedGroups has set; or the JDK is an older
        // update
        return configuration.jdk() >= FIRST_WITH_SET_GROUPS
                        && configuration.systemProperty(GROUPS).isEmpty()
                ? settings.application("groups", "SSLParameters.setNamedGroups")
                : null;
    }

    /** Why a curve that older JDKs offered is not offered; there is no fix for it in this JVM that is worth a step. */
    @Nullable
    OfferLimit former(String group) {
        if (groups.isEmpty() || groups.contains(group)) {
            return null;
        }
        return new OfferLimit(
                Source.JDK,
                configuration.jdk() >= FIRST_WITHOUT_OTHER_CURVES
                        ? "SunEC of JDK " + FIRST_WITHOUT_OTHER_CURVES
                                + " and later has secp256r1, secp384r1 and secp521r1 alone (JDK-8235540)"
                        : "it is no longer among the defaults of JDK " + configuration.jdk()
                                + ", and jdk.disabled.namedCurves has it",
                "");
    }

    @Nullable
    OfferLimit scheme(String scheme) {
        if (schemes.isEmpty() || schemes.contains(scheme)) {
            return null;
        }
        int since = JsseDefaults.since(scheme);
        if (since > configuration.jdk()) {
            return new OfferLimit(
                    Source.JDK,
                    "JDK " + configuration.jdk() + " does not have it, JDK " + since + " and later have",
                    "If the " + handshake.peerRole() + "'s key is Ed25519 or Ed448: use JDK " + since
                            + ", or give it a key of another type beside that one: RSA, or EC with P-256.");
        }
        Optional<PolicyEntry> entry = Policy.entryFor(handshake, Policy.TLS, scheme);
        if (entry.isPresent()) {
            return settings.policy(entry.get().text(), Policy.TLS);
        }
        OfferLimit property = settings.property(List.of("jdk.tls." + handshake.role() + ".SignatureSchemes"), scheme);
        if (property != null) {
            return property;
        }
        boolean curve = scheme.startsWith("ecdsa_") || scheme.startsWith("ed");
        OfferLimit withoutCurves = curve ? withoutCurves() : null;
        if (withoutCurves != null) {
            return withoutCurves;
        }
        return handshake.setUp(Field.SIGNATURE_SCHEME).isEmpty()
                ? null
                : settings.application("signature schemes", "SSLParameters.setSignatureSchemes");
    }

    /** Why there are no elliptic curves; null if there are some, or it is not known. */
    @Nullable
    OfferLimit withoutCurves() {
        if (configuration
                .systemProperty(CURVES_SWITCH)
                .filter("false"::equalsIgnoreCase)
                .isPresent()) {
            return new OfferLimit(
                    Source.PROPERTY,
                    "-D" + CURVES_SWITCH + "=false removes all elliptic curves",
                    "Remove -D" + CURVES_SWITCH + " from the command line of the JVM.");
        }
        if (groups.isEmpty() || groups.stream().anyMatch(GroupLimits::isCurve)) {
            return null;
        }
        if (configuration.systemProperty(GROUPS).isPresent()) {
            return settings.property(List.of(GROUPS), "secp256r1");
        }
        List<String> providers = configuration.providers();
        Optional<String> listed = providers.stream()
                .filter(provider -> provider.startsWith("SunEC"))
                .findFirst();
        boolean loaded = providers.stream().anyMatch(provider -> provider.contains(" sun.security.ec.SunEC"));
        if (providers.isEmpty() || loaded || configuration.jdk() >= FIRST_WITH_SUN_EC_IN_BASE) {
            return null;
        }
        return new OfferLimit(
                Source.PROVIDER,
                "this JVM has no elliptic curves: the provider SunEC "
                        + (listed.isPresent() ? "stands in java.security and was not loaded" : "is not installed")
                        + ", as where the module jdk.crypto.ec is missing",
                "Add the module to the run-time image (jlink --add-modules jdk.crypto.ec; --limit-modules has the same effect),"
                        + " or install a provider with EC.");
    }

    private static boolean isCurve(String group) {
        return !group.startsWith("ffdhe");
    }
}
