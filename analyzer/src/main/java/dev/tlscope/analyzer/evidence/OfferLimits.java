package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.evidence.OfferLimit.Source;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.PolicyRemoval;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.JsseDefaults;
import dev.tlscope.capture.Field;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What removes versions, suites, groups and signature schemes of JSSE from one connection's lists. Values without a
 * known reason are left out.
 */
final class OfferLimits {
    private static final String LAST_OF_TLS12 = "TLSv1.2";
    private static final int FIRST_WITHOUT_3DES = 21;
    private static final String TLS13 = "TLSv1.3";

    /** The argument of SSLContext.getInstance, by the class of sun.security.ssl.SSLContextImpl that it returned. */
    private static final Map<String, String> CONTEXTS =
            Map.of("TLS10Context", "TLSv1", "TLS11Context", "TLSv1.1", "TLS12Context", LAST_OF_TLS12);

    private final Handshake handshake;
    private final Configuration configuration;
    private final int jdk;
    private final OfferSettings settings;
    private final GroupLimits groups;
    private final List<String> enabledProtocols;
    private final List<String> activeProtocols;
    private final List<String> enabledSuites;
    private final List<String> activeSuites;

    private OfferLimits(Handshake handshake, Configuration configuration) {
        this.handshake = handshake;
        this.configuration = configuration;
        this.jdk = configuration.jdk();
        this.settings = new OfferSettings(handshake, configuration);
        this.groups = new GroupLimits(handshake, configuration, settings);
        this.enabledProtocols = handshake.setUp(Field.ENABLED_PROTOCOL);
        List<String> active = handshake.setUp(Field.ACTIVE_PROTOCOL);
        // none are known before the handshake begins, which it never does if nothing was left
        boolean begun = !active.isEmpty() || handshake.clientHello().isEmpty();
        this.activeProtocols = begun ? active : enabledProtocols;
        this.enabledSuites = handshake.setUp(Field.ENABLED_SUITE);
        List<String> suites = handshake.setUp(Field.ACTIVE_SUITE);
        this.activeSuites = begun ? suites : enabledSuites;
    }

    /** By kind of list, then by name, in JSSE's order. */
    static Map<Kind, Map<String, OfferLimit>> all(Handshake handshake) {
        Map<Kind, Map<String, OfferLimit>> all = NotOffered.none();
        Configuration configuration = handshake.configuration();
        boolean dtls =
                handshake.setUp(Field.ENABLED_PROTOCOL).stream().anyMatch(protocol -> protocol.startsWith("DTLS"));
        if (configuration == null || configuration.jdk() == 0 || dtls) {
            return all;
        }
        OfferLimits limits = new OfferLimits(handshake, configuration);
        all.put(Kind.PROTOCOL, reasons(JsseDefaults.protocols(), limits::protocol));
        all.put(Kind.SUITE, reasons(JsseDefaults.suites(limits.jdk), limits::suite));
        all.put(Kind.GROUP, reasons(JsseDefaults.groups(limits.jdk), limits.groups::group));
        OfferLimit former = limits.groups.former(JsseDefaults.formerGroup());
        if (former != null) {
            all.get(Kind.GROUP).put(JsseDefaults.formerGroup(), former);
        }
        all.put(Kind.SIGNATURE_SCHEME, reasons(JsseDefaults.schemes(), limits.groups::scheme));
        return all;
    }

    private static Map<String, OfferLimit> reasons(
            Collection<String> names, Function<String, @Nullable OfferLimit> reason) {
        Map<String, OfferLimit> reasons = new LinkedHashMap<>();
        for (String name : names) {
            OfferLimit limit = reason.apply(name);
            if (limit != null) {
                reasons.put(name, limit);
            }
        }
        return reasons;
    }

    /** By sun.security.ssl.HandshakeContext.getActiveProtocols. */
    private @Nullable OfferLimit protocol(String version) {
        if (activeProtocols.contains(version)) {
            return null;
        }
        OfferLimit policy = settings.policy(PolicyRemoval.of(configuration, Kind.PROTOCOL, version));
        if (policy != null) {
            return policy;
        }
        if (enabledProtocols.contains(version)) {
            return withoutSuite(version);
        }
        OfferLimit property = settings.property(settings.protocolProperties(), version);
        if (property != null) {
            return property;
        }
        String made = handshake.setUp(Field.SSL_CONTEXT).stream()
                .map(CONTEXTS::get)
                .filter(name -> name != null)
                .findFirst()
                .orElse(null);
        if (handshake.isClient() && made != null && version.compareTo(made) > 0) {
            return new OfferLimit(
                    Source.CONTEXT,
                    "SSLContext.getInstance(\"" + made + "\") enables none above " + made + " at a client",
                    "Create the context with SSLContext.getInstance(\"TLS\"), which enables all that the JVM has.");
        }
        return settings.isDefaultWithout(Field.DEFAULT_PROTOCOL, version)
                ? null
                : settings.application("versions", "SSLParameters.setProtocols, setEnabledProtocols");
    }

    /** A version is active only with one of its suites. */
    private @Nullable OfferLimit withoutSuite(String version) {
        List<String> own = enabledSuites.stream()
                .filter(suite -> JsseDefaults.isOfVersion(suite, version))
                .toList();
        if (!own.isEmpty()) {
            return own.stream()
                    .map(this::suite)
                    .filter(limit -> limit != null)
                    .findFirst()
                    .orElse(null);
        }
        String needed = version.equals(TLS13)
                ? "TLS_AES_128_GCM_SHA256 and TLS_AES_256_GCM_SHA384"
                : "suites that begin with TLS_ECDHE_";
        return new OfferLimit(
                Source.OTHER_LIST,
                "it is enabled, but unusable, because the list of suites has none for it: " + Lists.few(enabledSuites),
                "Add " + needed + " to the list of suites"
                        + settings.library().map(library -> ": " + library).orElse("") + ".");
    }

    /** By SSLContextImpl.getApplicableCipherSuites and HandshakeContext.getActiveCipherSuites. */
    private @Nullable OfferLimit suite(String suite) {
        if (activeSuites.contains(suite) && !activeProtocols.isEmpty()) {
            return null;
        }
        OfferLimit policy = settings.policy(PolicyRemoval.of(configuration, Kind.SUITE, suite));
        if (policy != null) {
            return policy;
        }
        if (suite.contains("3DES") && jdk >= FIRST_WITHOUT_3DES && !enabledSuites.contains(suite)) {
            return new OfferLimit(
                    Source.JDK,
                    "JDK " + jdk + " enables it only where the application asks for it",
                    "Enable it with SSLParameters.setCipherSuites; better, have the " + handshake.peerRole()
                            + " take a suite with AES.");
        }
        boolean curves = suite.startsWith("TLS_ECDH");
        OfferLimit withoutCurves = curves ? groups.withoutCurves() : null;
        if (withoutCurves != null) {
            return withoutCurves;
        }
        if (enabledSuites.contains(suite) || isOfMissingVersion(suite)) {
            return null; // the version's own reason is enough
        }
        if (settings.isLimitedCryptography() && JsseDefaults.isOver128Bits(suite)) {
            return settings.limitedCryptography();
        }
        OfferLimit property = settings.property(settings.suiteProperties(), suite);
        if (property != null) {
            return property;
        }
        return settings.isDefaultWithout(Field.DEFAULT_SUITE, suite)
                ? null
                : settings.application("suites", "SSLParameters.setCipherSuites, setEnabledCipherSuites");
    }

    private boolean isOfMissingVersion(String suite) {
        return activeProtocols.stream().noneMatch(version -> JsseDefaults.isOfVersion(suite, version));
    }
}
