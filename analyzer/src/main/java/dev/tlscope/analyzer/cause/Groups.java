package dev.tlscope.analyzer.cause;

import java.util.List;

/** Named groups (IANA, TLS Supported Groups) by name, as JSSE spells them. */
final class Groups {
    private Groups() {}

    static String nameOf(int group) {
        return switch (group) {
            case 19 -> "secp192r1";
            case 21 -> "secp224r1";
            case 22 -> "secp256k1";
            case 23 -> "secp256r1";
            case 24 -> "secp384r1";
            case 25 -> "secp521r1";
            case 29 -> "x25519";
            case 30 -> "x448";
            case 31 -> "brainpoolP256r1tls13";
            case 32 -> "brainpoolP384r1tls13";
            case 33 -> "brainpoolP512r1tls13";
            case 256 -> "ffdhe2048";
            case 257 -> "ffdhe3072";
            case 258 -> "ffdhe4096";
            case 259 -> "ffdhe6144";
            case 260 -> "ffdhe8192";
            case 512 -> "MLKEM512";
            case 513 -> "MLKEM768";
            case 514 -> "MLKEM1024";
            case 4587 -> "SecP256r1MLKEM768";
            case 4588 -> "X25519MLKEM768";
            case 4589 -> "SecP384r1MLKEM1024";
            default -> (group & 0x0f0f) == 0x0a0a ? "GREASE" : String.format("0x%04x", group);
        };
    }

    static List<String> names(List<Integer> groups) {
        return groups.stream().map(Groups::nameOf).toList();
    }
}
