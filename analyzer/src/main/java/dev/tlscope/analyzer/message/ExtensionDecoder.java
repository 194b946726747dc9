package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.ExtensionTypes;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.EnumMap;
import java.util.Map;

/** Decodes the list of extensions (RFC 8446, 4.2) of any message. The data of unknown extensions becomes bytes. */
final class ExtensionDecoder {
    /** Reads an extension's data. */
    interface Data {
        /**
         * Reads all data of the extension.
         *
         * @param message HandshakeType of the message that contains it; HelloRetryRequest has its own value here
         */
        void read(FieldReader in, HandshakeType message) throws MalformedException;
    }

    private static final Data UNKNOWN = (in, message) -> in.rest("extension_data");

    private static final Map<ExtensionType, Data> KNOWN = new EnumMap<>(ExtensionType.class);

    static {
        KeyExtensions.addTo(KNOWN);
        NameExtensions.addTo(KNOWN);
        FeatureExtensions.addTo(KNOWN);
    }

    private ExtensionDecoder() {}

    static void read(FieldReader in, HandshakeType message) throws MalformedException {
        in.part("extensions", 2, list -> {
            while (list.hasMore()) {
                int type = list.peek(2);
                ExtensionType registered = ExtensionType.of(type);
                Data known = registered == null ? null : KNOWN.get(registered);
                Data data = known == null ? UNKNOWN : known;
                list.part(nameOf(type), type, 2, 2, body -> data.read(body, message));
            }
        });
    }

    static String nameOf(int type) {
        return ExtensionTypes.nameOf(type);
    }
}
