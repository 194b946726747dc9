package dev.tlscope.it.raw;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Handshake messages other than hellos, with their header (RFC 8446, 4; RFC 5246, 7.4). */
final class HandshakeBytes {
    static final int HELLO_REQUEST = 0;
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int NEW_SESSION_TICKET = 4;
    static final int END_OF_EARLY_DATA = 5;
    static final int ENCRYPTED_EXTENSIONS = 8;
    static final int CERTIFICATE = 11;
    static final int SERVER_KEY_EXCHANGE = 12;
    static final int CERTIFICATE_REQUEST = 13;
    static final int SERVER_HELLO_DONE = 14;
    static final int CERTIFICATE_VERIFY = 15;
    static final int CLIENT_KEY_EXCHANGE = 16;
    static final int FINISHED = 20;
    static final int CERTIFICATE_STATUS = 22;
    static final int KEY_UPDATE = 24;

    private HandshakeBytes() {}

    static byte[] message(int type, byte... body) {
        return new OctetWriter().number(1, type).vector(3, body).bytes();
    }

    static byte[] bodyOf(byte... message) {
        return Arrays.copyOfRange(message, 4, message.length);
    }

    /** Certificate of TLS 1.2 and before (RFC 5246, 7.4.2). */
    static byte[] certificate12(X509Certificate... chain) throws CertificateEncodingException {
        OctetWriter list = new OctetWriter();
        for (X509Certificate certificate : chain) {
            list.vector(3, certificate.getEncoded());
        }
        return message(CERTIFICATE, new OctetWriter().vector(3, list.bytes()).bytes());
    }

    /** Certificate of TLS 1.3 without extensions (RFC 8446, 4.4.2). */
    static byte[] certificate13(byte[] context, X509Certificate... chain) throws CertificateEncodingException {
        OctetWriter list = new OctetWriter();
        for (X509Certificate certificate : chain) {
            list.vector(3, certificate.getEncoded()).number(2, 0);
        }
        return message(
                CERTIFICATE,
                new OctetWriter().vector(1, context).vector(3, list.bytes()).bytes());
    }

    /** EncryptedExtensions (RFC 8446, 4.3.1). */
    static byte[] encryptedExtensions(HelloExtensions extensions) {
        return message(
                ENCRYPTED_EXTENSIONS,
                new OctetWriter().vector(2, extensions.bytes()).bytes());
    }

    /** CertificateVerify from TLS 1.2 on (RFC 8446, 4.4.3). */
    static byte[] certificateVerify(int scheme, byte... signature) {
        return message(
                CERTIFICATE_VERIFY,
                new OctetWriter().number(2, scheme).vector(2, signature).bytes());
    }

    /** CertificateRequest of TLS 1.2 that names no authority (RFC 5246, 7.4.4). */
    static byte[] certificateRequest12(int... schemes) {
        return message(
                CERTIFICATE_REQUEST,
                new OctetWriter()
                        .vector(1, (byte) 1, (byte) 64)
                        .list(2, schemes)
                        .number(2, 0)
                        .bytes());
    }

    /** CertificateRequest of TLS 1.3 (RFC 8446, 4.3.2). */
    static byte[] certificateRequest13(HelloExtensions extensions) {
        return message(
                CERTIFICATE_REQUEST,
                new OctetWriter().number(1, 0).vector(2, extensions.bytes()).bytes());
    }

    /** NewSessionTicket of TLS 1.3 (RFC 8446, 4.6.1). */
    static byte[] newSessionTicket13(int lifetime, byte[] ticket, byte... extensions) {
        return message(
                NEW_SESSION_TICKET,
                new OctetWriter()
                        .number(4, lifetime)
                        .number(4, 0)
                        .vector(1, (byte) 0)
                        .vector(2, ticket)
                        .vector(2, extensions)
                        .bytes());
    }
}
