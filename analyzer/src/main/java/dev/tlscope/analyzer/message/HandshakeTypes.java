package dev.tlscope.analyzer.message;

/** HandshakeType (IANA TLS HandshakeType registry) by the name of the message's struct in its RFC. */
public final class HandshakeTypes {
    static final int HELLO_REQUEST = 0;
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int HELLO_VERIFY_REQUEST = 3;
    static final int NEW_SESSION_TICKET = 4;
    static final int END_OF_EARLY_DATA = 5;
    static final int HELLO_RETRY_REQUEST = 6;
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
    static final int COMPRESSED_CERTIFICATE = 25;

    private static final Registry NAMES = Registry.of(1, """
            00 HelloRequest
            01 ClientHello
            02 ServerHello
            03 HelloVerifyRequest
            04 NewSessionTicket
            05 EndOfEarlyData
            06 HelloRetryRequest
            07 RequestConnectionId
            08 EncryptedExtensions
            09 NewConnectionId
            0b Certificate
            0c ServerKeyExchange
            0d CertificateRequest
            0e ServerHelloDone
            0f CertificateVerify
            10 ClientKeyExchange
            11 ClientCertificateRequest
            14 Finished
            15 CertificateURL
            16 CertificateStatus
            17 SupplementalData
            18 KeyUpdate
            19 CompressedCertificate
            1a EktKey
            fe MessageHash
            """);

    private HandshakeTypes() {}

    /** The message's name; an unassigned type's has the number in it. */
    public static String nameOf(int type) {
        return NAMES.nameOf(type);
    }
}
