package dev.tlscope.it.raw;

/** A version that a case is played in. */
enum TlsVersion {
    TLS10("TLSv1", 0x0301),
    TLS11("TLSv1.1", 0x0302),
    TLS12("TLSv1.2", 0x0303),
    TLS13("TLSv1.3", 0x0304);

    private final String jsse;
    private final int number;

    TlsVersion(String jsse, int number) {
        this.jsse = jsse;
        this.number = number;
    }

    /** As JSSE names it. */
    String jsse() {
        return jsse;
    }

    int number() {
        return number;
    }
}
