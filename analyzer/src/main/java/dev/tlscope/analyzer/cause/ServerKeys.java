package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Curves;
import dev.tlscope.analyzer.evidence.KeySchemes;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.AliasVerdict;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a server had no key for the common suites: what JSSE asked its key manager for, what the key manager returned,
 * what it contains, and the schemes of a key that it returned.
 */
final class ServerKeys {
    private static final int MOST_ALIASES = 4;
    private static final String JSSE = "sun.security.ssl.";
    private static final String DUMMY = JSSE + "DummyX509KeyManager";
    private static final String JETTY_SNI = "SniX509ExtendedKeyManager";

    private final Handshake handshake;
    private final Hello hello;
    private final @Nullable Configuration configuration;
    private final List<Event> choices;
    private final List<String> answered;
    private final @Nullable PublicKey key;
    private final List<String> schemes;
    private final List<String> offered;

    ServerKeys(Handshake handshake, Hello hello) {
        this.handshake = handshake;
        this.hello = hello;
        this.configuration = handshake.configuration();
        this.choices = AliasChoices.choices(handshake);
        this.answered = answered(handshake, choices);
        this.key = answered.size() == 1 ? key(handshake) : null;
        this.schemes = key == null ? List.of() : KeySchemes.of(key, handshake.isTls13());
        this.offered =
                hello.signatureSchemes().stream().map(SignatureSchemes::nameOf).toList();
    }

    /** As the key store names them: X509KeyManagerImpl numbers each of its answers. */
    private static List<String> answered(Handshake handshake, List<Event> choices) {
        List<String> known = AliasChoices.of(handshake).stream()
                .filter(AliasVerdict::chosen)
                .map(AliasVerdict::alias)
                .toList();
        return !known.isEmpty()
                ? known
                : choices.stream()
                        .flatMap(choice -> choice.texts(Field.ALIAS).stream())
                        .distinct()
                        .toList();
    }

    /** The leaf's key of the only alias that was returned. */
    private static @Nullable PublicKey key(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        return AliasChoices.of(handshake).stream()
                .filter(AliasVerdict::chosen)
                .flatMap(verdict -> configuration == null
                        ? Stream.empty()
                        : configuration.keyEntries().stream()
                                .filter(entry -> entry.alias().equals(verdict.alias())))
                .flatMap(entry -> entry.chain().stream().limit(1))
                .map(X509Certificate::getPublicKey)
                .findFirst()
                .orElse(null);
    }

    /** The end of the sentence that begins with the common suites. */
    String sentence() {
        if (isNeverAsked()) {
            return "JSSE does not call this server's key manager for an SSLEngine: " + manager()
                    + " does not extend X509ExtendedKeyManager.";
        }
        if (isRefusedScheme()) {
            return "the server's key (" + KeySchemes.describe(key()) + ", alias " + answered.get(0) + ") signs with "
                    + String.join(", ", schemes) + " only, which the client does not offer.";
        }
        if (isRefusedCurve()) {
            return "the client does not take the curve of the server's key (" + KeySchemes.describe(key()) + ", alias "
                    + answered.get(0) + ").";
        }
        if (isWithoutKey()) {
            return "the server's key manager returned alias " + String.join(", ", answered)
                    + " and returned no private key for it.";
        }
        if (!answered.isEmpty()) {
            return "JSSE could not use the key that the server's key manager returned, alias "
                    + String.join(", ", answered) + ".";
        }
        List<AliasVerdict> passed = AliasChoices.of(handshake);
        if (passed.size() == 1 && passed.get(0).reason() == AliasVerdict.Reason.KEY_TYPE) {
            return "the server's only key, alias " + passed.get(0).alias() + ", is of another type: "
                    + passed.get(0).detail() + ".";
        }
        return isForeign()
                ? "the server's key manager, " + manager() + ", returned null."
                : "the server's key manager had no key for them.";
    }

    /** The answers of JSSE's own managers follow from its rules; an unusable key may have more than one reason. */
    Confidence confidence() {
        if (isRefusedScheme() || isRefusedCurve() || isWithoutKey()) {
            return Confidence.CERTAIN;
        }
        if (!answered.isEmpty()) {
            return Confidence.LIKELY;
        }
        if (!handshake.keyPairs().isEmpty()) {
            return Confidence.POSSIBLE;
        }
        return !choices.isEmpty() || isNeverAsked() ? Confidence.CERTAIN : Confidence.LIKELY;
    }

    List<Evidence> evidence() {
        List<Evidence> facts = new ArrayList<>();
        if (!choices.isEmpty()) {
            String name = hello.serverName();
            facts.add(new Evidence(
                    "key manager asked",
                    manager() + ", for a key of type " + String.join(", ", types())
                            + (name == null ? "; the client sent no server_name" : "; server_name " + name)));
            facts.add(new Evidence(
                    "it answered",
                    isNeverAsked()
                            ? "nothing: JSSE's wrapper returns null for it under an SSLEngine"
                            : answered.isEmpty()
                                    ? "null each time"
                                    : answered.size() == 1
                                            ? "alias " + answered.get(0)
                                            : "aliases " + String.join(", ", answered)));
        }
        AliasChoices.of(handshake).stream()
                .limit(MOST_ALIASES)
                .forEach(verdict -> facts.add(new Evidence("alias " + verdict.alias(), detail(verdict))));
        if (isForeign() && AliasChoices.of(handshake).isEmpty()) {
            facts.add(new Evidence("its keys", "not seen: the class is the application's own"));
        }
        PublicKey shown = key == null ? onlyKey() : key;
        if (shown != null) {
            List<String> own = KeySchemes.of(shown, handshake.isTls13());
            facts.add(new Evidence(
                    "signature schemes of the key",
                    KeySchemes.describe(shown) + ": "
                            + (own.isEmpty() ? "no scheme of this version of TLS" : Lists.few(own))));
            facts.add(new Evidence("client offers schemes", Lists.few(offered)));
            facts.add(new Evidence(
                    "client's groups",
                    Lists.few(hello.groups().stream().map(NamedGroups::nameOf).toList())));
        }
        return facts;
    }

    private String detail(AliasVerdict verdict) {
        return isForeign() && !verdict.chosen() && verdict.reason() == AliasVerdict.Reason.NOT_KNOWN
                ? "is of a type that was asked for, and " + manager() + ", which holds it, did not return it"
                : verdict.detail();
    }

    List<String> fixes() {
        if (isNeverAsked()) {
            return List.of("Have " + manager()
                    + " extend X509ExtendedKeyManager and override chooseEngineServerAlias: the methods of"
                    + " javax.net.ssl.X509KeyManager are called for an SSLSocket only.");
        }
        if (isRefusedScheme() || isRefusedCurve()) {
            return List.of(
                    "Give the server a key that all clients accept, beside it or instead: RSA, or EC with P-256"
                            + " (secp256r1).",
                    "Or have the client offer "
                            + (isRefusedCurve() ? "the curve: -Djdk.tls.namedGroups" : String.join(", ", schemes))
                            + ".");
        }
        if (isWithoutKey()) {
            return List.of(
                    "Check that the key of alias " + String.join(", ", answered)
                            + " opens with the password that KeyManagerFactory.init was given: keytool -keypasswd makes the key's"
                            + " and the store's the same.",
                    "Check that the alias is one of a private key: keytool -list -v -keystore STORE must show"
                            + " PrivateKeyEntry.");
        }
        if (!answered.isEmpty()) {
            return List.of(
                    "Check which signatures the private key's provider makes: TLS 1.3 requires RSASSA-PSS for an"
                            + " RSA key, which older HSMs and PKCS#11 libraries do not support.",
                    "Where it makes PKCS#1 signatures only, keep the server to TLS 1.2:"
                            + " -Djdk.tls.server.protocols=TLSv1.2; or use an EC key.");
        }
        List<String> steps = new ArrayList<>();
        if (manager().endsWith(JETTY_SNI)) {
            steps.add("Jetty's key manager returns null for a name that none of its certificates covers where"
                    + " sniRequired is set: add a certificate for "
                    + Optional.ofNullable(hello.serverName()).orElse("connections without a name")
                    + ", or call SslContextFactory.Server.setSniRequired(false).");
            steps.add("It picks by the name among all entries of its store, those without a private key too: move a"
                    + " trustedCertEntry whose certificate has that name into a trust store of its own.");
        } else if (isForeign()) {
            steps.add("Look at why " + manager() + " returns null for " + String.join(", ", types())
                    + Optional.ofNullable(hello.serverName())
                            .map(name -> " and the name " + name)
                            .orElse("") + ": it belongs to the application or a library.");
        }
        if (AliasChoices.of(handshake).isEmpty()) {
            steps.add("Check that the server's key store holds a private key with its chain: keytool -list -v"
                    + " -keystore STORE must show PrivateKeyEntry.");
        } else {
            steps.add("Give the server a key of a type that was asked for (" + String.join(", ", types())
                    + "): keytool -genkeypair -keyalg " + (types().contains("RSA") ? "RSA" : "EC")
                    + ", and have it certified.");
        }
        steps.add("The suites decide which key type is requested: TLS_ECDHE_RSA_ needs an RSA key,"
                + " TLS_ECDHE_ECDSA_ an EC key, TLS 1.3 what the client's signature_algorithms have; none of"
                + " them DSA.");
        return List.copyOf(steps);
    }

    /** JSSE takes a key and its chain before it looks at anything else, and these were never seen. */
    private boolean isWithoutKey() {
        return key != null && handshake.keyPairs().isEmpty() && !isRefusedCurve() && !isRefusedScheme();
    }

    /** The key of the key manager's only alias, even if that was not returned. */
    private @Nullable PublicKey onlyKey() {
        List<Configuration.KeyEntry> entries = configuration == null ? List.of() : configuration.keyEntries();
        return entries.size() == 1 && !entries.get(0).chain().isEmpty()
                ? entries.get(0).chain().get(0).getPublicKey()
                : null;
    }

    private PublicKey key() {
        return Objects.requireNonNull(key);
    }

    /** True when the key's kind has schemes, and the client lists none of them. */
    private boolean isRefusedScheme() {
        return key != null
                && !schemes.isEmpty()
                && !offered.isEmpty()
                && schemes.stream().noneMatch(offered::contains);
    }

    /** Up to TLS 1.2 JSSE uses an EC key only if supported_groups contains its curve. */
    private boolean isRefusedCurve() {
        List<String> groups = hello.groups().stream().map(NamedGroups::nameOf).toList();
        return key != null
                && !handshake.isTls13()
                && !groups.isEmpty()
                && Curves.of(key).filter(curve -> !groups.contains(curve)).isPresent();
    }

    private boolean isNeverAsked() {
        return configuration != null && handshake.isEngine() && configuration.isKeyManagerForSocketsAlone();
    }

    private boolean isForeign() {
        return !manager().startsWith(JSSE) && !manager().equals("none");
    }

    private String manager() {
        return Optional.ofNullable(configuration)
                .flatMap(Configuration::keyManager)
                .filter(name -> !name.equals(DUMMY))
                .orElse("none");
    }

    private List<String> types() {
        return List.copyOf(new TreeSet<>(choices.stream()
                .flatMap(choice -> choice.texts(Field.KEY_TYPE).stream())
                .toList()));
    }
}
