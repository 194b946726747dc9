package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.message.CipherSuites;
import dev.tlscope.analyzer.message.ExtensionTypes;
import dev.tlscope.analyzer.message.NamedGroups;
import dev.tlscope.analyzer.message.SignatureSchemes;
import dev.tlscope.analyzer.model.Hello;
import java.io.IOException;
import java.util.Collection;
import java.util.function.IntFunction;

/** What a ClientHello offers, by its registered names, in its order. */
final class HelloJson {
    private HelloJson() {}

    static void write(Hello hello, JsonGenerator json) throws IOException {
        json.writeStartObject();
        write("protocols", hello.offeredVersions(), json);
        write("cipherSuites", hello.cipherSuites(), CipherSuites::nameOf, json);
        write("namedGroups", hello.groups(), NamedGroups::nameOf, json);
        write("signatureSchemes", hello.signatureSchemes(), SignatureSchemes::nameOf, json);
        write("applicationProtocols", hello.applicationProtocols(), json);
        write("extensions", hello.extensions().keySet(), ExtensionTypes::nameOf, json);
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
