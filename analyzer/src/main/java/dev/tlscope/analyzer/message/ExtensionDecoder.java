package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.ExtensionTypes;
import java.util.HashMap;
import java.util.Map;

/** The list of extensions (RFC 8446, 4.2) of whatever message has one. What is not known is kept as bytes. */
final class ExtensionDecoder {
    /** Reads an extension's data. */
    interface Data {
        /**
         * Reads all of it.
         *
         * @param message HandshakeType of the message that it stands in; HelloRetryRequest has its own
         */
        void read(FieldReader in, int message) throws Malformed;
    }

    private static final Map<Integer, Data> KNOWN = new HashMap<>();

    static {
        KeyExtensions.addTo(KNOWN);
        NameExtensions.addTo(KNOWN);
        FeatureExtensions.addTo(KNOWN);
    }

    private ExtensionDecoder() {}

    static void read(FieldReader in, int message) throws Malformed {
        in.part("extensions", 2, list -> {
            while (list.hasMore()) {
                int type = list.peek(2);
                Data data = KNOWN.getOrDefault(type, (rest, of) -> rest.rest("extension_data"));
                list.part(nameOf(type), type, 2, 2, body -> data.read(body, message));
            }
        });
    }

    static String nameOf(int type) {
        return ExtensionTypes.nameOf(type);
    }
}
