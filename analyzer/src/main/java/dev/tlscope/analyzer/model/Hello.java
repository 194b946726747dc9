package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import dev.tlscope.tls.HelloRetryRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ClientHello or ServerHello (RFC 8446, 4.1.2 and 4.1.3): its structure is checked, its values are decoded on demand.
 */
public final class Hello {
    /** The extensions whose content {@link #offer} compares. */
    private static final ExtensionType[] OFFERING = {
        ExtensionType.SUPPORTED_VERSIONS,
        ExtensionType.SUPPORTED_GROUPS,
        ExtensionType.SIGNATURE_ALGORITHMS,
        ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION
    };

    private final Message message;
    private final byte[] random;
    private final int version;
    private final int cipherSuite;
    private final WireReader cipherSuites;
    private final ExtensionBlock extensions;

    private Hello(
            Message message,
            byte[] random,
            int version,
            int cipherSuite,
            WireReader cipherSuites,
            ExtensionBlock extensions) {
        this.message = message;
        this.random = random;
        this.version = version;
        this.cipherSuite = cipherSuite;
        this.cipherSuites = cipherSuites;
        this.extensions = extensions;
    }

    /** Parses a ClientHello or ServerHello; empty when it is malformed. */
    public static Optional<Hello> parse(Message message) {
        try {
            WireReader body = WireReader.body(message.bytes());
            int version = body.number(2);
            byte[] random = body.bytes(32);
            body.block(1); // legacy_session_id
            int suite = -1;
            WireReader suites = WireReader.of(new byte[0]);
            if (message.is(HandshakeType.CLIENT_HELLO)) {
                suites = body.block(2);
                if (suites.remaining() % 2 != 0) {
                    throw new MalformedException(suites.position(), "half a cipher suite");
                }
                body.block(1); // legacy_compression_methods
            } else {
                suite = body.number(2);
                body.skip(1);
            }
            ExtensionBlock extensions = ExtensionBlock.read(body);
            byte[] selected = extensions.data(ExtensionType.SUPPORTED_VERSIONS);
            if (suite >= 0 && selected != null && selected.length == 2) {
                version = (selected[0] & 0xff) << 8 | (selected[1] & 0xff);
            }
            return Optional.of(new Hello(message, random, version, suite, suites, extensions));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** 32 bytes, not copied. */
    public byte[] random() {
        return random;
    }

    /** The version in a ServerHello: supported_versions if sent, otherwise legacy_version. */
    public int version() {
        return version;
    }

    /** The selected suite in a ServerHello; -1 in a ClientHello. */
    public int cipherSuite() {
        return cipherSuite;
    }

    /** The suites that a client offers, in order; empty in a ServerHello. */
    public List<Integer> cipherSuites() {
        return numbers(cipherSuites.again());
    }

    /** The types of its extensions, in the order sent. */
    public List<Integer> extensionTypes() {
        return extensions.types();
    }

    /** True when it has an extension of that type. */
    public boolean has(ExtensionType extension) {
        return extensions.has(extension);
    }

    /** The data of the first extension of that type; null when there is none. */
    public byte @Nullable [] extension(ExtensionType type) {
        return extensions.data(type);
    }

    /** True for a HelloRetryRequest. */
    public boolean isRetryRequest() {
        return HelloRetryRequest.isRandom(random, 0);
    }

    /** server_name (RFC 6066, 3); null when the client sent none. */
    public @Nullable String serverName() {
        byte[] data = extensions.data(ExtensionType.SERVER_NAME);
        if (data == null || data.length == 0) {
            return null;
        }
        try {
            WireReader list = WireReader.of(data).block(2);
            list.skip(1); // name_type host_name
            return new String(list.block(2).rest(), StandardCharsets.US_ASCII);
        } catch (MalformedException e) {
            return null;
        }
    }

    /**
     * The versions that a client offers: supported_versions (RFC 8446, 4.2.1), or else all versions up to
     * legacy_version, at most TLS 1.2.
     */
    public List<String> offeredVersions() {
        List<String> versions = new ArrayList<>();
        byte[] data = extensions.data(ExtensionType.SUPPORTED_VERSIONS);
        if (data == null) {
            for (int at = Math.min(version, 0x0303); at >= 0x0301; at--) {
                versions.add(ProtocolVersions.nameOf(at));
            }
            return versions;
        }
        try {
            numbers(WireReader.of(data).block(1)).forEach(number -> versions.add(ProtocolVersions.nameOf(number)));
        } catch (MalformedException e) {
            // the versions before the malformed one are returned
        }
        return versions;
    }

    /** application_layer_protocol_negotiation (RFC 7301, 3.1); empty when it was not sent. */
    public List<String> applicationProtocols() {
        return protocols(extensions.data(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION));
    }

    /** supported_groups (RFC 8446, 4.2.7); empty when it was not sent. */
    public List<Integer> groups() {
        return list(ExtensionType.SUPPORTED_GROUPS);
    }

    /** The groups of a client's key_share (RFC 8446, 4.2.8), each with the length of its key; empty when it was not sent. */
    public Map<Integer, Integer> keyShares() {
        Map<Integer, Integer> shares = new LinkedHashMap<>();
        byte[] data = extensions.data(ExtensionType.KEY_SHARE);
        try {
            WireReader list = data == null
                    ? WireReader.of(new byte[0])
                    : WireReader.of(data).block(2);
            while (list.hasMore()) {
                shares.put(list.number(2), list.block(2).remaining());
            }
        } catch (MalformedException e) {
            // what came before stays
        }
        return shares;
    }

    /** signature_algorithms (RFC 8446, 4.2.3); empty when it was not sent. */
    public List<Integer> signatureSchemes() {
        return list(ExtensionType.SIGNATURE_ALGORITHMS);
    }

    /**
     * What a client sends equally in each of its hellos, as bytes for comparison: versions, cipher suites, groups,
     * signature schemes, application protocols, and the extensions' types in order.
     */
    public byte[] offer() {
        ByteBuffer offer = ByteBuffer.allocate(message.bytes().length);
        offer.putShort((short) version);
        cipherSuites.put(offer);
        extensions.put(offer, OFFERING);
        return Arrays.copyOf(offer.array(), offer.position());
    }

    /**
     * The application protocol in EncryptedExtensions (RFC 8446, 4.3.1), which holds the server's selection in TLS 1.3.
     */
    static List<String> encryptedProtocols(Message encryptedExtensions) {
        try {
            return protocols(ExtensionBlock.read(WireReader.body(encryptedExtensions.bytes()))
                    .data(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION));
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private List<Integer> list(ExtensionType extension) {
        byte[] data = extensions.data(extension);
        try {
            return data == null ? List.of() : numbers(WireReader.of(data).block(2));
        } catch (MalformedException e) {
            return List.of();
        }
    }

    /** Numbers of two bytes each; a single byte at the end is ignored. */
    private static List<Integer> numbers(WireReader list) {
        List<Integer> numbers = new ArrayList<>();
        try {
            while (list.hasMore()) {
                numbers.add(list.number(2));
            }
        } catch (MalformedException e) {
            // the numbers before the malformed one are returned
        }
        return List.copyOf(numbers);
    }

    private static List<String> protocols(byte @Nullable [] data) {
        if (data == null) {
            return List.of();
        }
        List<String> protocols = new ArrayList<>();
        try {
            WireReader list = WireReader.of(data).block(2);
            while (list.hasMore()) {
                protocols.add(new String(list.block(1).rest(), StandardCharsets.US_ASCII));
            }
        } catch (MalformedException e) {
            // the names before the malformed one are returned
        }
        return protocols;
    }
}
