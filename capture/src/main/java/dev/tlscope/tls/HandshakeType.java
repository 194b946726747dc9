package dev.tlscope.tls;

import org.jspecify.annotations.Nullable;

/** Handshake message types (RFC 8446, 4 and the IANA TLS HandshakeType registry), one byte on the wire. */
public enum HandshakeType {
    HELLO_REQUEST(0, "HelloRequest"),
    CLIENT_HELLO(1, "ClientHello"),
    SERVER_HELLO(2, "ServerHello"),
    HELLO_VERIFY_REQUEST(3, "HelloVerifyRequest"),
    NEW_SESSION_TICKET(4, "NewSessionTicket"),
    END_OF_EARLY_DATA(5, "EndOfEarlyData"),
    /** Only in drafts of TLS 1.3; in RFC 8446, 4.1.4 it is a ServerHello with a special random. */
    HELLO_RETRY_REQUEST(6, "HelloRetryRequest"),
    REQUEST_CONNECTION_ID(7, "RequestConnectionId"),
    ENCRYPTED_EXTENSIONS(8, "EncryptedExtensions"),
    NEW_CONNECTION_ID(9, "NewConnectionId"),
    CERTIFICATE(11, "Certificate"),
    SERVER_KEY_EXCHANGE(12, "ServerKeyExchange"),
    CERTIFICATE_REQUEST(13, "CertificateRequest"),
    SERVER_HELLO_DONE(14, "ServerHelloDone"),
    CERTIFICATE_VERIFY(15, "CertificateVerify"),
    CLIENT_KEY_EXCHANGE(16, "ClientKeyExchange"),
    CLIENT_CERTIFICATE_REQUEST(17, "ClientCertificateRequest"),
    FINISHED(20, "Finished"),
    CERTIFICATE_URL(21, "CertificateURL"),
    CERTIFICATE_STATUS(22, "CertificateStatus"),
    SUPPLEMENTAL_DATA(23, "SupplementalData"),
    KEY_UPDATE(24, "KeyUpdate"),
    COMPRESSED_CERTIFICATE(25, "CompressedCertificate"),
    EKT_KEY(26, "EktKey"),
    /**
     * Replaces the first ClientHello in the transcript after a HelloRetryRequest (RFC 8446, 4.4.1); never on the wire.
     */
    MESSAGE_HASH(254, "MessageHash");

    private static final @Nullable HandshakeType[] BY_NUMBER = new HandshakeType[256];

    static {
        for (HandshakeType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final String messageName;

    HandshakeType(int number, String messageName) {
        this.number = number;
        this.messageName = messageName;
    }

    /** The value on the wire, 0 to 255. */
    public int number() {
        return number;
    }

    /** The message's name, as the struct in its RFC is named. */
    public String messageName() {
        return messageName;
    }

    /** The type with that number, of which only the lowest eight bits are used; null for an unregistered one. */
    public static @Nullable HandshakeType of(int number) {
        return BY_NUMBER[number & 0xff];
    }
}
