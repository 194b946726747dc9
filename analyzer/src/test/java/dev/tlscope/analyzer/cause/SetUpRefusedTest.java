package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an application could not set TLS up with, by what it asked for and what the JVM has. */
class SetUpRefusedTest {
    private static final String PKIX = "java.security.cert.PKIXParameters";

    @Test
    void aJvmWithoutSunJsseNamesItsListOfProviders() {
        Finding finding = told(context("Default", "SUN")
                .put(Field.NAME, "-Djava.security.properties")
                .put(Field.VALUE, "=/etc/app/java.security"));
        assertThat(finding.cause().id()).isEqualTo("algorithm-unavailable");
        assertThat(finding.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(finding.summary()).contains("SSLContext Default", "SunJSSE");
        assertThat(finding.fix()).first().asString().contains("security.provider.N in /etc/app/java.security");
    }

    @Test
    void anAlgorithmOfAnotherJvmNamesThoseOfThisOne() {
        Finding finding = told(asked("javax.net.ssl.KeyManagerFactory", "IbmX509", "SunJSSE"));
        assertThat(finding.summary()).contains("KeyManagerFactory IbmX509");
        assertThat(finding.fix()).first().asString().contains("SunX509 or PKIX");
    }

    @Test
    void aNameThatLibrariesTryAndDoWithoutIsNothing() {
        assertThat(all(context("openssl.TLS", "SunJSSE"))).isEmpty();
        assertThat(all(context("TLSv1.3", "SunJSSE"))).hasSize(1);
    }

    @Test
    void aStoreOfKeysAloneIsNoTrustStore() {
        Finding finding = told(anchors("2", "2")
                .put(Field.ALIAS, "srv")
                .put(Field.FRAME, "org.apache.tomcat.util.net.SSLUtilBase.getParameters(SSLUtilBase.java:541)"));
        assertThat(finding.cause().id()).isEqualTo("empty-trust-store");
        assertThat(finding.evidence().toString()).contains("2 of them PrivateKeyEntry (srv)");
        assertThat(finding.fix()).first().asString().contains("-exportcert -alias srv");
    }

    @Test
    void aStoreWithoutEntriesMayLackTheTrustAttributeOrThePassword() {
        Finding finding = told(anchors("0", "0")
                .put(Field.FRAME, "org.apache.zookeeper.common.X509Util.createTrustManager(X509Util.java:1)"));
        assertThat(finding.fix().toString()).contains("-jdktrust", "KeyStore.load(stream, null)");
    }

    @Test
    void parametersThatAreNotForTlsAreNothing() {
        assertThat(all(anchors("0", "0").put(Field.FRAME, "org.example.SignedDocument.verify(SignedDocument.java:1)")))
                .isEmpty();
    }

    @Test
    void anEngineWithoutModeAndOneThatIsUsedAgainAreMisused() {
        Event mode = new Event(EventType.SET_UP, 0, 1)
                .put(Field.CLASS, "javax.net.ssl.SSLEngine")
                .put(Field.EXCEPTION, "java.lang.IllegalStateException: Client/Server mode has not yet been set.");
        assertThat(told(mode).cause().id()).isEqualTo("engine-misuse");
        assertThat(told(mode).fix()).first().asString().contains("setUseClientMode(true)");
        Event again = new Event(EventType.SET_UP, 0, 1)
                .put(Field.CLASS, "javax.net.ssl.SSLEngine")
                .put(
                        Field.EXCEPTION,
                        "javax.net.ssl.SSLException: Cannot kickstart, the connection is broken or closed");
        assertThat(told(again).fix()).first().asString().contains("a new SSLEngine for each connection");
    }

    private static Event context(String algorithm, String provider) {
        return asked("javax.net.ssl.SSLContext", algorithm, provider);
    }

    private static Event asked(String type, String algorithm, String provider) {
        return new Event(EventType.SET_UP, 0, 1)
                .put(Field.CLASS, type)
                .put(Field.ALGORITHM, algorithm)
                .put(Field.NAME, "provider")
                .put(Field.VALUE, provider)
                .put(Field.EXCEPTION, "java.security.NoSuchAlgorithmException: " + algorithm + " not available");
    }

    private static Event anchors(String entries, String keys) {
        return new Event(EventType.SET_UP, 0, 1)
                .put(Field.CLASS, PKIX)
                .put(Field.NAME, "type")
                .put(Field.VALUE, "PKCS12")
                .put(Field.NAME, "entries")
                .put(Field.VALUE, entries)
                .put(Field.NAME, "PrivateKeyEntry")
                .put(Field.VALUE, keys);
    }

    private static Finding told(Event event) {
        List<Finding> all = all(event);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<Finding> all(Event event) {
        Warnings warnings = new Warnings();
        warnings.add(event);
        return warnings.of(Path.of("capture")).stream()
                .map(warning -> warning.finding())
                .toList();
    }
}
