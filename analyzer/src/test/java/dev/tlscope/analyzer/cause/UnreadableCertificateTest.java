package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Certificates that java.security.cert does not read: JSSE's words count where the certificate bears them out. */
class UnreadableCertificateTest {
    private static final String PARSER =
            "java.base/sun.security.ssl.CertificateMessage$T12CertificateConsumer.checkClientCerts(CertificateMessage.java:1)";
    private static final String NO_ISSUER =
            "java.security.cert.CertificateParsingException: Empty issuer DN not allowed in X509Certificates";
    private static final String NO_SUBJECT =
            "java.security.cert.CertificateParsingException: X.509 Certificate is incomplete:"
                    + " SubjectAlternativeName extension MUST be marked critical when subject field is empty";

    private static final byte[] NAME = {0x31, 0x09, 0x30, 0x07, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x00};
    private static final byte[] NONE = {};

    @Test
    void anEmptyIssuerOfAClientsCertificateIsNamed() {
        FailedConnection connection = refused("server", NO_ISSUER, certificate(NONE, NAME));
        assertThat(connection.told()).isEqualTo("malformed-message certain");
        assertThat(connection.finding().summary())
                .isEqualTo("A certificate of the client's has an empty issuer, which this JVM does not read.");
        assertThat(connection.finding().fix().get(0)).startsWith("On the client, have the certificate reissued");
    }

    @Test
    void anEmptySubjectIsNamed() {
        assertThat(refused("client", NO_SUBJECT, certificate(NAME, NONE))
                        .finding()
                        .summary())
                .contains("an empty subject, and no subjectAltName in its place");
    }

    @Test
    void whatTheBytesDoNotShowIsLeftToTheException() {
        FailedConnection connection = refused("client", NO_ISSUER, certificate(NAME, NAME));
        assertThat(connection.finding().summary())
                .isEqualTo("This JVM cannot read a certificate of the server's as an X.509 certificate.");
        assertThat(connection.finding().fix().get(0)).contains("Empty issuer DN not allowed");
    }

    @Test
    void theWordsOfAnotherClassProveNothing() {
        FailedConnection connection = new FailedConnection("client", "socket")
                .message(Direction.IN, certificate(NONE, NONE))
                .alert(42)
                .with(Field.DIAGNOSTIC, "Failed to parse server certificates")
                .with(Field.EXCEPTION, NO_ISSUER)
                .with(Field.FRAME, "org.example.Trust.check(Trust.java:1)");
        assertThat(connection.told()).doesNotContain("malformed-message certain");
    }

    private static FailedConnection refused(String role, String exception, byte[] certificate) {
        return new FailedConnection(role, "socket")
                .message(Direction.IN, certificate)
                .alert(42)
                .with(Field.DIAGNOSTIC, "Failed to parse server certificates")
                .with(Field.EXCEPTION, exception)
                .with(Field.FRAME, PARSER);
    }

    /** A Certificate message of TLS 1.2 with a certificate of these names, which has nothing in its other fields. */
    private static byte[] certificate(byte[] issuer, byte[] subject) {
        byte[] fields = join(
                new byte[] {0x02, 0x01, 0x01, 0x30, 0x00},
                sequence(issuer),
                new byte[] {0x30, 0x00},
                sequence(subject),
                new byte[] {0x30, 0x00});
        byte[] encoded = sequence(sequence(fields));
        int length = encoded.length;
        return join(
                new byte[] {11, 0, 0, (byte) (length + 6), 0, 0, (byte) (length + 3), 0, 0, (byte) length}, encoded);
    }

    private static byte[] sequence(byte[] content) {
        return join(new byte[] {0x30, (byte) content.length}, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
