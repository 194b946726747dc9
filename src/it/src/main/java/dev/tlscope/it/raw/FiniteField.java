package dev.tlscope.it.raw;

import java.math.BigInteger;
import java.util.Arrays;

/** Diffie-Hellman groups and their parameters on the wire. */
final class FiniteField {
    /** ffdhe2048 (RFC 7919, A.1). */
    static final BigInteger FFDHE2048 = new BigInteger(
            "FFFFFFFFFFFFFFFFADF85458A2BB4A9AAFDC5620273D3CF1D8B9C583CE2D3695A9E13641146433FBCC939DCE249B3EF97D2FE363630C75D8"
                    + "F681B202AEC4617AD3DF1ED5D5FD65612433F51F5F066ED0856365553DED1AF3B557135E7F57C935984F0C70E0E68B77E2A689DAF3"
                    + "EFE8721DF158A136ADE73530ACCA4F483A797ABC0AB182B324FB61D108A94BB2C8E3FBB96ADAB760D7F4681D4F42A3DE394DF4AE56"
                    + "EDE76372BB190B07A7C8EE0A6D709E02FCE1CDF7E2ECC03404CD28342F619172FE9CE98583FF8E4F1232EEF28183C3FE3B1B4C6FAD"
                    + "733BB5FCBC2EC22005C58EF1837D1683B2C6F34A26C1B2EFFA886B423861285C97FFFFFFFFFFFFFFFF",
            16);

    /** The 768-bit group of RFC 2409, 6.1. */
    static final BigInteger OAKLEY_1 = new BigInteger(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
                    + "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF",
            16);

    private FiniteField() {}

    /** ServerDHParams (RFC 5246, 7.4.3). */
    static byte[] parameters(BigInteger p, BigInteger g, BigInteger y) {
        return OctetWriter.joined(number(p), number(g), number(y));
    }

    /** A positive number after a length of two bytes; 0 has one byte. */
    static byte[] number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return new OctetWriter()
                .vector(2, Arrays.copyOfRange(bytes, from, bytes.length))
                .bytes();
    }
}
