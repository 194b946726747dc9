package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** Writes a ClientHello (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2). */
final class ClientHelloWriter {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;

    private ClientHelloWriter() {}

    /** The message, with its header. */
    static byte[] write(ScanOffer offer) {
        int legacyVersion = Math.min(offer.version(), ProtocolVersions.TLS12);
        WireWriter body = new WireWriter()
                .number(2, legacyVersion)
                .bytes(random())
                .block(1, offer.isTls13() ? random() : new byte[0])
                .numbers(2, offer.suites())
                .block(1, new byte[1]);
        if (offer.version() >= ProtocolVersions.TLS10) {
            body.block(2, extensions(offer));
        }
        return new WireWriter()
                .number(1, HandshakeType.CLIENT_HELLO.number())
                .block(3, body.toBytes())
                .toBytes();
    }

    private static byte[] extensions(ScanOffer offer) {
        WireWriter all = new WireWriter();
        String name = offer.serverName();
        if (name != null) {
            byte[] host = name.getBytes(StandardCharsets.US_ASCII);
            byte[] entry = new WireWriter().number(1, 0).block(2, host).toBytes();
            add(all, ExtensionType.SERVER_NAME, new WireWriter().block(2, entry));
        }
        if (!offer.groups().isEmpty()) {
            add(all, ExtensionType.SUPPORTED_GROUPS, new WireWriter().numbers(2, offer.groups()));
            add(all, ExtensionType.EC_POINT_FORMATS, new WireWriter().block(1, new byte[1]));
        }
        if (!offer.schemes().isEmpty()) {
            add(all, ExtensionType.SIGNATURE_ALGORITHMS, new WireWriter().numbers(2, offer.schemes()));
            // the schemes of certificates' signatures are no choice of the handshake's
            add(all, ExtensionType.SIGNATURE_ALGORITHMS_CERT, new WireWriter().numbers(2, Offers.SCHEMES));
        }
        if (offer.isTls13()) {
            add(all, ExtensionType.SUPPORTED_VERSIONS, new WireWriter().numbers(1, List.of(offer.version())));
            KeyShare share = offer.share();
            WireWriter shares = new WireWriter();
            if (share != null) {
                shares.number(2, share.group()).block(2, share.publicValue());
            }
            add(all, ExtensionType.KEY_SHARE, new WireWriter().block(2, shares.toBytes()));
        } else {
            add(all, ExtensionType.EXTENDED_MASTER_SECRET, new WireWriter());
            add(all, ExtensionType.RENEGOTIATION_INFO, new WireWriter().block(1, new byte[0]));
        }
        return all.toBytes();
    }

    private static void add(WireWriter all, ExtensionType type, WireWriter data) {
        all.number(2, type.number()).block(2, data.toBytes());
    }

    private static byte[] random() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return random;
    }
}
