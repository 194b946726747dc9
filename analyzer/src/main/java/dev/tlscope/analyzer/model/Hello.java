package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.message.ProtocolVersions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ClientHello or ServerHello (RFC 8446, 4.1.2 and 4.1.3).
 *
 * @param random 32 bytes
 * @param version the version it settles: supported_versions where the server sent it, else legacy_version
 * @param cipherSuite the server's choice; -1 in a ClientHello
 * @param cipherSuites what a client offers, in order; empty in a ServerHello
 * @param extensions data by extension type, in the order sent
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Hello(
        byte[] random, int version, int cipherSuite, List<Integer> cipherSuites, Map<Integer, byte[]> extensions) {
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    /** SHA-256 of "HelloRetryRequest", in a ServerHello's random (RFC 8446, 4.1.3). */
    private static final byte[] RETRY =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    /** Parses either; empty when it does not parse. */
    public static Optional<Hello> parse(Message message) {
        try {
            Wire body = Wire.body(message.bytes());
            int version = body.number(2);
            byte[] random = body.bytes(32);
            body.block(1); // legacy_session_id
            int suite = -1;
            List<Integer> suites = new ArrayList<>();
            if (message.is(Message.CLIENT_HELLO)) {
                Wire offered = body.block(2);
                while (offered.hasMore()) {
                    suites.add(offered.number(2));
                }
                body.block(1); // legacy_compression_methods
            } else {
                suite = body.number(2);
                body.skip(1);
            }
            Map<Integer, byte[]> extensions = extensions(body);
            byte[] selected = extensions.get(SUPPORTED_VERSIONS);
            if (suite >= 0 && selected != null && selected.length == 2) {
                version = (selected[0] & 0xff) << 8 | (selected[1] & 0xff);
            }
            return Optional.of(
                    new Hello(random, version, suite, List.copyOf(suites), Collections.unmodifiableMap(extensions)));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** True for a ServerHello that asks for another ClientHello. */
    public boolean isRetryRequest() {
        return Arrays.equals(random, RETRY);
    }

    /** server_name (RFC 6066, 3); null when the client sent none. */
    public @Nullable String serverName() {
        byte[] data = extensions.get(SERVER_NAME);
        if (data == null || data.length == 0) {
            return null;
        }
        try {
            Wire list = new Wire(data, 0, data.length).block(2);
            list.skip(1); // name_type host_name
            return new String(list.block(2).rest(), StandardCharsets.US_ASCII);
        } catch (MalformedException e) {
            return null;
        }
    }

    /** The versions that a client offers: supported_versions (RFC 8446, 4.2.1), else all up to legacy_version, which then is TLS 1.2 at most. */
    public List<String> offeredVersions() {
        List<String> versions = new ArrayList<>();
        byte[] data = extensions.get(SUPPORTED_VERSIONS);
        if (data == null) {
            for (int at = Math.min(version, 0x0303); at >= 0x0301; at--) {
                versions.add(ProtocolVersions.nameOf(at));
            }
            return versions;
        }
        try {
            Wire list = new Wire(data, 0, data.length).block(1);
            while (list.hasMore()) {
                versions.add(ProtocolVersions.nameOf(list.number(2)));
            }
        } catch (MalformedException e) {
            // what came before stays
        }
        return versions;
    }

    /** application_layer_protocol_negotiation (RFC 7301, 3.1); empty when it was not sent. */
    public List<String> applicationProtocols() {
        return protocols(extensions.get(ALPN));
    }

    /** supported_groups (RFC 8446, 4.2.7); empty when it was not sent. */
    public List<Integer> groups() {
        return numbers(SUPPORTED_GROUPS);
    }

    /** signature_algorithms (RFC 8446, 4.2.3); empty when it was not sent. */
    public List<Integer> signatureSchemes() {
        return numbers(SIGNATURE_ALGORITHMS);
    }

    private List<Integer> numbers(int extension) {
        List<Integer> numbers = new ArrayList<>();
        byte[] data = extensions.get(extension);
        if (data != null) {
            try {
                Wire list = new Wire(data, 0, data.length).block(2);
                while (list.hasMore()) {
                    numbers.add(list.number(2));
                }
            } catch (MalformedException e) {
                // what came before stays
            }
        }
        return List.copyOf(numbers);
    }

    /** The same of EncryptedExtensions (RFC 8446, 4.3.1), where TLS 1.3 has the server's choice. */
    static List<String> encryptedProtocols(Message encryptedExtensions) {
        try {
            return protocols(extensions(Wire.body(encryptedExtensions.bytes())).get(ALPN));
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private static Map<Integer, byte[]> extensions(Wire body) throws MalformedException {
        Map<Integer, byte[]> extensions = new LinkedHashMap<>();
        if (body.hasMore()) {
            Wire list = body.block(2);
            while (list.hasMore()) {
                int type = list.number(2);
                extensions.putIfAbsent(type, list.block(2).rest());
            }
        }
        return extensions;
    }

    private static List<String> protocols(byte @Nullable [] data) {
        List<String> protocols = new ArrayList<>();
        try {
            Wire list = data == null ? new Wire(new byte[0], 0, 0) : new Wire(data, 0, data.length).block(2);
            while (list.hasMore()) {
                protocols.add(new String(list.block(1).rest(), StandardCharsets.US_ASCII));
            }
        } catch (MalformedException e) {
            // what came before stays
        }
        return protocols;
    }
}
