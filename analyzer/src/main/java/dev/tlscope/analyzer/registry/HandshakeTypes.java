package dev.tlscope.analyzer.registry;

/** HandshakeType (IANA TLS HandshakeType registry) by the name of the message's struct in its RFC. */
public final class HandshakeTypes {
    public static final int HELLO_REQUEST = 0;
    public static final int CLIENT_HELLO = 1;
    public static final int SERVER_HELLO = 2;
    public static final int HELLO_VERIFY_REQUEST = 3;
    public static final int NEW_SESSION_TICKET = 4;
    public static final int END_OF_EARLY_DATA = 5;
    public static final int HELLO_RETRY_REQUEST = 6;
    public static final int ENCRYPTED_EXTENSIONS = 8;
    public static final int CERTIFICATE = 11;
    public static final int SERVER_KEY_EXCHANGE = 12;
    public static final int CERTIFICATE_REQUEST = 13;
    public static final int SERVER_HELLO_DONE = 14;
    public static final int CERTIFICATE_VERIFY = 15;
    public static final int CLIENT_KEY_EXCHANGE = 16;
    public static final int FINISHED = 20;
    public static final int CERTIFICATE_STATUS = 22;
    public static final int KEY_UPDATE = 24;
    public static final int COMPRESSED_CERTIFICATE = 25;

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
