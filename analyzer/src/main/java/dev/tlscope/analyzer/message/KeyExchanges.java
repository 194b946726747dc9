package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.analyzer.wire.MalformedException;

/**
 * ServerKeyExchange and ClientKeyExchange, by the suite's key exchange (RFC 5246, 7.4.3 and 7.4.7; RFC 8422, 5.4 and
 * 5.7; RFC 4279).
 */
final class KeyExchanges {
    private static final int NAMED_CURVE = 3;

    private KeyExchanges() {}

    static void readServer(FieldReader in, MessageForm negotiated) throws MalformedException {
        String exchange = negotiated.keyExchange();
        if (exchange.contains("PSK")) {
            in.opaque("psk_identity_hint", 2);
        }
        if (exchange.startsWith("ECDH")) {
            if (in.number("curve_type", 1, Iana.CURVE_TYPE) == NAMED_CURVE) {
                in.number("named_curve", 2, NamedGroups::nameOf);
                in.opaque("public", 1);
            } else {
                in.rest("explicit_parameters");
                return;
            }
        } else if (exchange.startsWith("DH")) {
            in.opaque("dh_p", 2);
            in.opaque("dh_g", 2);
            in.opaque("dh_Ys", 2);
        } else if (exchange.startsWith("RSA_EXPORT")) {
            in.opaque("rsa_modulus", 2);
            in.opaque("rsa_exponent", 2);
        } else if (!exchange.equals("PSK")) {
            in.rest("parameters");
            return;
        }
        if (!exchange.contains("anon") && !exchange.contains("PSK")) {
            readSignature(in, negotiated);
        }
    }

    static void readClient(FieldReader in, MessageForm negotiated) throws MalformedException {
        String exchange = negotiated.keyExchange();
        if (exchange.contains("PSK")) {
            in.opaque("psk_identity", 2);
        }
        if (exchange.startsWith("ECDH")) {
            in.opaque("ecdh_Yc", 1);
        } else if (exchange.startsWith("DH")) {
            in.opaque("dh_Yc", 2);
        } else if (exchange.startsWith("RSA") && negotiated.version() >= ProtocolVersions.TLS10) {
            in.opaque("encrypted_pre_master_secret", 2);
        } else if (!exchange.equals("PSK")) {
            // SSL 3.0 has no length before the encrypted pre-master (RFC 5246, 7.4.7.1).
            in.rest("exchange_keys");
        }
    }

    /** Reads a signature. A CertificateVerify consists of just that (RFC 8446, 4.4.3; RFC 5246, 7.4.8). */
    static void readSignature(FieldReader in, MessageForm negotiated) throws MalformedException {
        if (negotiated.namesSignatures()) {
            in.number("algorithm", 2, SignatureSchemes::nameOf);
        }
        in.opaque("signature", 2);
    }
}
