package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.evidence.OfferLimit.Source;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.JsseDefaults;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What removed something from the lists of a connection, distinguished from the other possible reasons. */
class NotOfferedTest {
    private static final String ECDHE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String RSA = "TLS_RSA_WITH_AES_128_GCM_SHA256";
    private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};

    private final Event settings =
            new Event(EventType.CONFIGURATION, 0, 1).put(Field.CONFIGURATION, 1).put(Field.ENVIRONMENT, 2);
    private final Event environment = new Event(EventType.ENVIRONMENT, 0, 1).put(Field.CONFIGURATION, 2);
    private final List<String> frames = new ArrayList<>();
    private String role = "client";
    private String disabled = "SSLv3, TLSv1, TLSv1.1, TLS_RSA_*, DH keySize < 1024";

    @Test
    void thePolicysEntryIsNamedWhateverTheApplicationDid() {
        jvm("17.0.19+10");
        protocols(BOTH);
        suites(ECDHE);
        assertThat(of(Kind.SUITE, RSA).source()).isEqualTo(Source.POLICY);
        assertThat(of(Kind.SUITE, RSA).fix()).isEqualTo("TLS_RSA_*");
        assertThat(of(Kind.PROTOCOL, "TLSv1").fix()).isEqualTo("TLSv1");
    }

    @Test
    void anIncludedCurveIsTheIncludedPropertys() {
        jvm("11.0.20+8");
        disabled = "TLSv1, include jdk.disabled.namedCurves";
        property("jdk.disabled.namedCurves", "secp112r1, secp521r1");
        protocols(BOTH);
        suites(ECDHE);
        groups("x25519", "secp256r1", "secp384r1", "x448");
        assertThat(of(Kind.GROUP, "secp521r1").reason()).startsWith("removed by jdk.disabled.namedCurves");
        assertThat(has(Kind.GROUP, "ffdhe2048")).isFalse(); // nothing known removes it
    }

    @Test
    void aPropertyThatListsOthersIsNamedWithItsValue() {
        jvm("21.0.2+13");
        property("-Djdk.tls.client.protocols", "TLSv1.2");
        property("-Djdk.tls.namedGroups", "secp256r1");
        property("-Djdk.tls.client.cipherSuites", "\"" + ECDHE + "\"");
        protocols("TLSv1.2");
        suites(ECDHE);
        groups("secp256r1");
        assertThat(of(Kind.PROTOCOL, "TLSv1.3").reason()).contains("-Djdk.tls.client.protocols=TLSv1.2");
        assertThat(of(Kind.GROUP, "x25519").reason()).contains("-Djdk.tls.namedGroups=secp256r1");
        assertThat(of(Kind.SUITE, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384").reason())
                .contains("-Djdk.tls.client.cipherSuites");
    }

    @Test
    void thePropertiesOfHttpsUrlConnectionAreThoseOfItsStackAlone() {
        jvm("11.0.20+8");
        property("-Dhttps.protocols", "TLSv1.2");
        protocols("TLSv1.2");
        suites(ECDHE);
        assertThat(of(Kind.PROTOCOL, "TLSv1.3").source()).isEqualTo(Source.APPLICATION);
        frames.add("java.base/sun.net.www.protocol.https.HttpsClient.afterConnect(HttpsClient.java:579)");
        assertThat(of(Kind.PROTOCOL, "TLSv1.3").reason()).contains("-Dhttps.protocols=TLSv1.2");
    }

    @Test
    void aServersPropertyIsNotItsClientsAndTheOtherWayRound() {
        jvm("17.0.10+7");
        property("-Djdk.tls.client.protocols", "TLSv1.2");
        role = "server";
        protocols("TLSv1.2");
        suites(ECDHE);
        assertThat(of(Kind.PROTOCOL, "TLSv1.3").source()).isEqualTo(Source.APPLICATION);
    }

    @Test
    void anApplicationsListNamesTheLibraryOnTheStack() {
        jvm("17.0.10+7");
        frames.add("app//okhttp3.internal.connection.RealConnection.connectTls(RealConnection.kt:379)");
        protocols(BOTH);
        suites(ECDHE);
        OfferLimit limit = of(Kind.SUITE, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384");
        assertThat(limit.source()).isEqualTo(Source.APPLICATION);
        assertThat(limit.fix()).contains("ConnectionSpec");
    }

    @Test
    void whatJssesDefaultLacksTooIsNotTheApplications() {
        jvm("17.0.10+7");
        settings.put(Field.SSL_CONTEXT, "TLSContext");
        protocols("TLSv1.2");
        suites(ECDHE);
        assertThat(has(Kind.PROTOCOL, "TLSv1.3")).isFalse();
        settings.put(Field.DEFAULT_PROTOCOL, "TLSv1.3").put(Field.DEFAULT_PROTOCOL, "TLSv1.2");
        assertThat(of(Kind.PROTOCOL, "TLSv1.3").source()).isEqualTo(Source.APPLICATION);
    }

    @Test
    void aContextOfAnOlderVersionIsTheReasonAtAClientAlone() {
        jvm("17.0.10+7");
        settings.put(Field.SSL_CONTEXT, "TLS12Context");
        protocols("TLSv1.2");
        suites(ECDHE);
        assertThat(of(Kind.PROTOCOL, "TLSv1.3").reason()).contains("SSLContext.getInstance(\"TLSv1.2\")");
        role = "server";
        assertThat(has(Kind.PROTOCOL, "TLSv1.3")).isFalse();
    }

    @Test
    void aVersionWithoutASuiteIsOffThoughItIsEnabled() {
        jvm("17.0.10+7");
        settings.put(Field.ENABLED_PROTOCOL, "TLSv1.3")
                .put(Field.ENABLED_PROTOCOL, "TLSv1.2")
                .put(Field.ACTIVE_PROTOCOL, "TLSv1.2");
        suites(ECDHE);
        OfferLimit limit = of(Kind.PROTOCOL, "TLSv1.3");
        assertThat(limit.source()).isEqualTo(Source.OTHER_LIST);
        assertThat(limit.fix()).contains("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void withoutTheProviderThereAreNoCurves() {
        jvm("17.0.10+7");
        property("provider.1", "SUN 17 sun.security.provider.Sun");
        property("provider.2", "SunEC");
        protocols(BOTH);
        suites("TLS_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");
        groups("ffdhe2048");
        for (Kind kind : List.of(Kind.SUITE, Kind.GROUP)) {
            OfferLimit limit = of(kind, kind == Kind.SUITE ? ECDHE : "x25519");
            assertThat(limit.source()).isEqualTo(Source.PROVIDER);
            assertThat(limit.fix()).contains("jdk.crypto.ec");
        }
    }

    @Test
    void aSwitchTakesTheCurvesThoughTheProviderIsThere() {
        jvm("17.0.10+7");
        property("provider.1", "SunEC 17 sun.security.ec.SunEC");
        property("-Dcom.sun.net.ssl.enableECC", "false");
        protocols(BOTH);
        suites("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(of(Kind.SUITE, ECDHE).reason()).contains("-Dcom.sun.net.ssl.enableECC=false");
    }

    @Test
    void limitedCryptographyIsTheReasonWhereNothingElseIsMissing() {
        jvm("1.8.0_504-b01");
        protocols(BOTH);
        suites(allowed(suite -> !suite.contains("AES_256")));
        assertThat(of(Kind.SUITE, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384").source())
                .isEqualTo(Source.CRYPTO_POLICY);
    }

    @Test
    void anApplicationsListWithout256BitsIsNoLimitedCryptography() {
        jvm("1.8.0_504-b01");
        protocols(BOTH);
        suites(ECDHE);
        assertThat(of(Kind.SUITE, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384").source())
                .isEqualTo(Source.APPLICATION);
        property("crypto.policy", "limited");
        assertThat(of(Kind.SUITE, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384").source())
                .isEqualTo(Source.CRYPTO_POLICY);
    }

    @Test
    void whatIsOfferedHasNoReason() {
        jvm("17.0.10+7");
        protocols(BOTH);
        suites(ECDHE);
        assertThat(has(Kind.SUITE, ECDHE)).isFalse();
        assertThat(has(Kind.PROTOCOL, "TLSv1.3")).isFalse();
    }

    private void jvm(String version) {
        property("java.runtime.version", version);
    }

    private void property(String name, String value) {
        environment.put(Field.NAME, name).put(Field.VALUE, value);
    }

    private void protocols(String... protocols) {
        for (String protocol : protocols) {
            settings.put(Field.ENABLED_PROTOCOL, protocol).put(Field.ACTIVE_PROTOCOL, protocol);
        }
    }

    private void suites(String... suites) {
        for (String suite : suites) {
            settings.put(Field.ENABLED_SUITE, suite).put(Field.ACTIVE_SUITE, suite);
        }
    }

    private void groups(String... groups) {
        Arrays.stream(groups).forEach(group -> settings.put(Field.NAMED_GROUP, group));
    }

    private String[] allowed(Predicate<String> is) {
        return JsseDefaults.suites(8).stream()
                .filter(is)
                .filter(suite -> !suite.startsWith("TLS_RSA_"))
                .toArray(String[]::new);
    }

    private OfferLimit of(Kind kind, String name) {
        return all().stream()
                .filter(one -> one.kind() == kind && one.values().contains(name))
                .findFirst()
                .orElseThrow()
                .limit();
    }

    private boolean has(Kind kind, String name) {
        return all().stream().anyMatch(one -> one.kind() == kind && one.values().contains(name));
    }

    private List<NotOffered> all() {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("a.pcapng"), found::add);
        Event jvm = new Event(EventType.ENVIRONMENT, 0, 1)
                .put(Field.CONFIGURATION, 2)
                .put(Field.NAME, "jdk.tls.disabledAlgorithms")
                .put(Field.VALUE, disabled);
        List<String> names = environment.texts(Field.NAME);
        List<String> values = environment.texts(Field.VALUE);
        for (int i = 0; i < names.size(); i++) {
            jvm.put(Field.NAME, names.get(i)).put(Field.VALUE, values.get(i));
        }
        handshakes.accept(jvm);
        handshakes.accept(settings);
        handshakes.accept(
                new Event(EventType.CONNECTION, 1, 2).put(Field.ROLE, role).put(Field.TRANSPORT, "socket"));
        Event failure = new Event(EventType.FAILURE, 1, 3)
                .put(Field.DIRECTION, "in")
                .put(Field.ALERT, 40)
                .put(Field.CONFIGURATION, 1);
        frames.forEach(frame -> failure.put(Field.FRAME, frame));
        handshakes.accept(failure);
        handshakes.end();
        return NotOffered.of(found.get(0));
    }
}
