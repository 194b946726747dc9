package dev.tlscope.analyzer.registry;

/** IANA TLS Supported Groups registry. */
public final class NamedGroups {
    private static final Registry NAMES = Registry.of(2, """
            0001 sect163k1
            0002 sect163r1
            0003 sect163r2
            0004 sect193r1
            0005 sect193r2
            0006 sect233k1
            0007 sect233r1
            0008 sect239k1
            0009 sect283k1
            000a sect283r1
            000b sect409k1
            000c sect409r1
            000d sect571k1
            000e sect571r1
            000f secp160k1
            0010 secp160r1
            0011 secp160r2
            0012 secp192k1
            0013 secp192r1
            0014 secp224k1
            0015 secp224r1
            0016 secp256k1
            0017 secp256r1
            0018 secp384r1
            0019 secp521r1
            001a brainpoolP256r1
            001b brainpoolP384r1
            001c brainpoolP512r1
            001d x25519
            001e x448
            001f brainpoolP256r1tls13
            0020 brainpoolP384r1tls13
            0021 brainpoolP512r1tls13
            0022 GC256A
            0023 GC256B
            0024 GC256C
            0025 GC256D
            0026 GC512A
            0027 GC512B
            0028 GC512C
            0029 curveSM2
            0100 ffdhe2048
            0101 ffdhe3072
            0102 ffdhe4096
            0103 ffdhe6144
            0104 ffdhe8192
            0200 MLKEM512
            0201 MLKEM768
            0202 MLKEM1024
            11eb SecP256r1MLKEM768
            11ec X25519MLKEM768
            11ed SecP384r1MLKEM1024
            11ee curveSM2MLKEM768
            6399 X25519Kyber768Draft00
            639a SecP256r1Kyber768Draft00
            ff01 arbitrary_explicit_prime_curves
            ff02 arbitrary_explicit_char2_curves
            """).withPrivateUse(0xfe00, 0xfeff);

    private NamedGroups() {}

    /** The registered name; for GREASE (RFC 8701), private use and unassigned values a name with the number in hex. */
    public static String nameOf(int group) {
        return NAMES.nameOf(group);
    }
}
