package dev.tlscope.it.raw;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The extensions of a hello, in the order in which they were put (RFC 8446, 4.2). */
final class HelloExtensions {
    static final int SERVER_NAME = 0;
    static final int MAX_FRAGMENT_LENGTH = 1;
    static final int STATUS_REQUEST = 5;
    static final int SUPPORTED_GROUPS = 10;
    static final int EC_POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int EXTENDED_MASTER_SECRET = 23;
    static final int SESSION_TICKET = 35;
    static final int PRE_SHARED_KEY = 41;
    static final int EARLY_DATA = 42;
    static final int SUPPORTED_VERSIONS = 43;
    static final int COOKIE = 44;
    static final int PSK_KEY_EXCHANGE_MODES = 45;
    static final int CERTIFICATE_AUTHORITIES = 47;
    static final int KEY_SHARE = 51;
    static final int RENEGOTIATION_INFO = 0xff01;

    private final Map<Integer, byte[]> data = new LinkedHashMap<>();
    private byte[] appended = new byte[0];

    HelloExtensions put(int type, byte... body) {
        data.put(type, body);
        return this;
    }

    HelloExtensions without(int type) {
        data.remove(type);
        return this;
    }

    /** Adds an extension after all others, even if there is one of its type. */
    HelloExtensions append(int type, byte... body) {
        appended =
                new OctetWriter().raw(appended).number(2, type).vector(2, body).bytes();
        return this;
    }

    /** The body; null if there is no extension of that type. */
    byte @Nullable [] get(int type) {
        return data.get(type);
    }

    /** The list without its own length. */
    byte[] bytes() {
        OctetWriter list = new OctetWriter();
        data.forEach((type, body) -> list.number(2, type).vector(2, body));
        return list.raw(appended).bytes();
    }

    static HelloExtensions read(byte... list) {
        HelloExtensions read = new HelloExtensions();
        OctetReader in = new OctetReader(list);
        while (!in.isAtEnd()) {
            read.put(in.number(2), in.vector(2));
        }
        return read;
    }

    /** ServerNameList of one name (RFC 6066, 3). */
    static byte[] serverName(String name) {
        return new OctetWriter()
                .vector(2, hostName(name.getBytes(StandardCharsets.US_ASCII)))
                .bytes();
    }

    /** One ServerName of type host_name. */
    static byte[] hostName(byte... name) {
        return new OctetWriter().number(1, 0).vector(2, name).bytes();
    }

    /** ProtocolNameList (RFC 7301, 3.1). */
    static byte[] protocolNames(String... names) {
        OctetWriter list = new OctetWriter();
        for (String name : names) {
            list.vector(1, name.getBytes(StandardCharsets.US_ASCII));
        }
        return new OctetWriter().vector(2, list.bytes()).bytes();
    }

    /** A vector of two-byte numbers after a length of that many bytes. */
    static byte[] list(int lengthBytes, int... elements) {
        return new OctetWriter().list(lengthBytes, elements).bytes();
    }
}
