package dev.tlscope.it.raw;

/** Cipher suites by the names of IANA's registry. */
final class Suites {
    static final int TLS_AES_128_GCM_SHA256 = 0x1301;
    static final int TLS_AES_256_GCM_SHA384 = 0x1302;
    static final int TLS_RSA_WITH_AES_128_CBC_SHA = 0x002f;
    static final int TLS_RSA_WITH_AES_128_GCM_SHA256 = 0x009c;
    static final int TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 = 0x009e;
    static final int TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA = 0xc013;
    static final int TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 0xc02b;
    static final int TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 0xc02f;
    static final int TLS_RSA_WITH_RC4_128_MD5 = 0x0004;
    static final int TLS_EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

    private Suites() {}

    static boolean isGcm(int suite) {
        return suite == TLS_RSA_WITH_AES_128_GCM_SHA256
                || suite == TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
                || suite == TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                || suite == TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    }
}
