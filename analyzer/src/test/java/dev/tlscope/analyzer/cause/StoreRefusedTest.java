package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A default SSLContext that cannot be made, by what its managers' holder threw and the properties beside it. */
class StoreRefusedTest {
    private static final String HOLDER = "java.base/sun.security.ssl.SSLContextImpl$DefaultManagersHolder.";

    @Test
    void aWrongPasswordNamesTheTrustStore() {
        Finding finding = told(event("getTrustManagers")
                .put(Field.NAME, "-Djavax.net.ssl.trustStore")
                .put(Field.VALUE, "/etc/app/ts.p12")
                .put(Field.EXCEPTION, "java.security.KeyStoreException: problem accessing trust store")
                .put(Field.EXCEPTION, "java.io.IOException: keystore password was incorrect"));
        assertThat(finding.cause().id()).isEqualTo("keystore-password");
        assertThat(finding.summary()).contains("trust store /etc/app/ts.p12", "its password is wrong");
        assertThat(finding.fix()).first().asString().contains("-Djavax.net.ssl.trustStorePassword");
    }

    @Test
    void aTypeThatNoProviderHasNamesTheSecurityProperty() {
        Finding finding = told(event("getTrustManagers")
                .put(Field.NAME, "keystore.type")
                .put(Field.VALUE, "PKCS11")
                .put(Field.EXCEPTION, "java.security.KeyStoreException: problem accessing trust store")
                .put(Field.EXCEPTION, "java.security.KeyStoreException: PKCS11 not found")
                .put(Field.EXCEPTION, "java.security.NoSuchAlgorithmException: PKCS11 KeyStore not available"));
        assertThat(finding.summary()).contains("no provider of this JVM has its type");
        assertThat(finding.fix()).first().asString().contains("PKCS11", "keystore.type");
    }

    @Test
    void aKeyStoreThatIsNotThereIsNoTrustStore() {
        Finding finding = told(event("getKeyManagers")
                .put(Field.NAME, "-Djavax.net.ssl.keyStore")
                .put(Field.VALUE, "client.p12")
                .put(Field.EXCEPTION, "java.io.FileNotFoundException: client.p12 (No such file or directory)"));
        assertThat(finding.summary()).contains("key store client.p12", "the file cannot be read");
        assertThat(finding.fix()).first().asString().contains("-Djavax.net.ssl.keyStore names it");
    }

    @Test
    void aKeyThatCannotBeOpenedIsToldAsBefore() {
        Finding finding = told(new Event(EventType.KEY_STORE, 0, 1)
                .put(Field.ALIAS, "srv")
                .put(Field.EXCEPTION, "java.security.UnrecoverableKeyException: Cannot recover key")
                .put(Field.FRAME, "sun.security.ssl.SunX509KeyManagerImpl.<init>(SunX509KeyManagerImpl.java:1)"));
        assertThat(finding.summary()).contains("alias srv");
    }

    private static Event event(String method) {
        return new Event(EventType.KEY_STORE, 0, 1)
                .put(Field.FRAME, "java.base/java.security.KeyStore.load(KeyStore.java:1)")
                .put(Field.FRAME, HOLDER + method + "(SSLContextImpl.java:1)");
    }

    private static Finding told(Event event) {
        Warnings warnings = new Warnings();
        warnings.add(event);
        assertThat(warnings.of(Path.of("capture"))).hasSize(1);
        Warning warning = warnings.of(Path.of("capture")).get(0);
        return warning.finding();
    }
}
