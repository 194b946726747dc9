package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ExtensionTypes;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.analyzer.work.Recent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.function.IntFunction;

/** Writes what a ClientHello offers, by registered names, in the client's order. */
final class HelloJson {
    private static final int MOST_KNOWN = 256;

    /** Longer offers are not cached. */
    private static final int MOST_BYTES = 1 << 12;

    /** A client sends the same offer in every handshake. */
    private static final Recent<ByteBuffer, SerializableString> KNOWN = new Recent<>(MOST_KNOWN);

    private HelloJson() {}

    static void write(Hello hello, JsonGenerator json) throws IOException {
        byte[] offer = hello.offer();
        if (offer.length > MOST_BYTES) {
            writeOffer(hello, json);
        } else {
            Json.write(KNOWN, ByteBuffer.wrap(offer), one -> writeOffer(hello, one), json);
        }
    }

    private static void writeOffer(Hello hello, JsonGenerator json) throws IOException {
        json.writeStartObject();
        write("protocols", hello.offeredVersions(), json);
        write("cipherSuites", hello.cipherSuites(), CipherSuites::nameOf, json);
        write("namedGroups", hello.groups(), NamedGroups::nameOf, json);
        write("signatureSchemes", hello.signatureSchemes(), SignatureSchemes::nameOf, json);
        write("applicationProtocols", hello.applicationProtocols(), json);
        write("extensions", hello.extensionTypes(), ExtensionTypes::nameOf, json);
        json.writeEndObject();
    }

    private static void write(String name, Collection<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void write(String name, Collection<Integer> values, IntFunction<String> names, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (int value : values) {
            json.writeString(names.apply(value));
        }
        json.writeEndArray();
    }
}
