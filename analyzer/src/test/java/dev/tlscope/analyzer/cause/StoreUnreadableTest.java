package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreUnreadableTest {
    private final Warnings warnings = new Warnings();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: toDerInputStream rejects tag type 45 | PEM text, no PKCS12 | openssl pkcs12 -export
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: toDerInputStream rejects tag type 77 | base64 text, no PKCS12 | base64 -d
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: DerInputStream.getLength(): lengthTag=109, too big. | JKS, no PKCS12 | Give the type JKS
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: DerInputStream.getLength(): lengthTag=78, too big. | JCEKS, no PKCS12 | Give the type JCEKS
                    sun.security.pkcs12.PKCS12KeyStore$DualFormatPKCS12 | java.io.IOException: DerValue.getBigIntegerInternal, not expected 48 | a certificate (DER), no PKCS12 | keytool -exportcert
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: DerValue.getBigInteger, not an int 48 | a certificate (DER), no PKCS12 | keytool -exportcert
                    sun.security.provider.JavaKeyStore$JKS | java.io.IOException: Invalid keystore format | it is no JKS, or it is damaged | filters resources
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: DerInputStream.getLength(): lengthTag=111, too big. | it is no PKCS12, or it is damaged | filters resources
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: Password is not ASCII | cannot be used (java.io.IOException: Password is not ASCII) | in ASCII
                    sun.security.pkcs12.PKCS12KeyStore | java.io.IOException: the entry password-reset is damaged | it is no PKCS12, or it is damaged | filters resources
                    sun.security.provider.JavaKeyStore$DualFormatJKS | java.io.IOException: Keystore was tampered with, or password was incorrect | the password that it gives is wrong | keytool -list
                    """)
    void saysWhatTheFileIsInstead(String by, String exception, String why, String fix) {
        warnings.add(store("main", by, exception));
        assertThat(only().summary())
                .contains("the key store /etc/tls/server.p12: ")
                .contains(why);
        assertThat(only().fix().get(0) + only().fix().get(only().fix().size() - 1))
                .contains(fix);
        // a damaged file fails the check of a password too
        assertThat(only().confidence()).isEqualTo(why.contains("password") ? Confidence.LIKELY : Confidence.CERTAIN);
        assertThat(only().evidence())
                .anyMatch(
                        one -> one.what().equals("asked for by") && one.value().contains("Server.open"));
    }

    @ParameterizedTest
    @CsvSource({
        "PKCS#1, BEGIN RSA PRIVATE KEY, openssl pkcs8 -topk8",
        "SEC 1, BEGIN EC PRIVATE KEY, openssl pkcs8 -topk8",
        "encrypted PKCS#8, BEGIN ENCRYPTED PRIVATE KEY, password",
        "no DER, no private key, openssl pkey"
    })
    void saysWhatFormAKeyHas(String form, String meaning, String fix) {
        warnings.add(key("main", form));
        warnings.add(key("main", form));
        assertThat(only().summary()).contains(meaning);
        assertThat(only().fix().get(0)).contains(fix);
        assertThat(only().confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void anAttemptThatSucceedsInTheEndIsNone() {
        warnings.add(key("one", "PKCS#1"));
        warnings.add(key("two", "PKCS#1"));
        warnings.add(new Event(EventType.SET_UP, 0, 2)
                .put(Field.CLASS, "java.security.KeyFactory")
                .put(Field.ALGORITHM, "")
                .put(Field.THREAD, "one")
                .put(Field.NAME, "read")
                .put(Field.VALUE, "after all"));
        assertThat(warnings.of(Path.of("a"))).hasSize(1);
    }

    private Finding only() {
        List<Warning> all = warnings.of(Path.of("a"));
        assertThat(all).hasSize(1);
        return all.get(0).finding();
    }

    private static Event store(String thread, String by, String exception) {
        return event("java.security.KeyStore", thread, by, "file", "/etc/tls/server.p12", exception);
    }

    private static Event key(String thread, String form) {
        return event(
                "java.security.KeyFactory",
                thread,
                "sun.security.rsa.RSAKeyFactory",
                "form",
                form,
                "java.security.spec.InvalidKeySpecException: java.security.InvalidKeyException: IOException : algid parse error, not a"
                        + " sequence");
    }

    private static Event event(String type, String thread, String by, String name, String value, String exception) {
        return new Event(EventType.SET_UP, 0, 1)
                .put(Field.CLASS, type)
                .put(Field.ALGORITHM, by)
                .put(Field.THREAD, thread)
                .put(Field.NAME, name)
                .put(Field.VALUE, value)
                .put(Field.EXCEPTION, exception)
                .put(Field.FRAME, "java.security.KeyStore.load(KeyStore.java:1445)")
                .put(Field.FRAME, "com.example.Server.open(Server.java:12)");
    }
}
