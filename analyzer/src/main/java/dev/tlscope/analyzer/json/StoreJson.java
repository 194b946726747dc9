package dev.tlscope.analyzer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.check.CheckedStore;
import dev.tlscope.analyzer.check.CheckedStore.CheckedEntry;
import dev.tlscope.analyzer.check.StoreFault;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.store.StoreEntry;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

/** Checked stores: file, type, entries with their certificates, faults. No private key and no password is written. */
public final class StoreJson {
    private StoreJson() {}

    /** Writes a store as an object. */
    public static void write(CheckedStore checked, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", checked.store().file().toString());
        json.writeStringField("type", checked.store().type());
        faults(checked.faults(), json);
        json.writeArrayFieldStart("entries");
        for (CheckedEntry entry : checked.entries()) {
            write(entry, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(CheckedEntry checked, JsonGenerator json) throws IOException {
        StoreEntry entry = checked.entry();
        json.writeStartObject();
        json.writeStringField("alias", entry.alias());
        json.writeStringField("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("chain");
        for (X509Certificate certificate : entry.chain()) {
            json.writeStartObject();
            json.writeStringField(
                    "subject", certificate.getSubjectX500Principal().getName());
            json.writeStringField("issuer", certificate.getIssuerX500Principal().getName());
            json.writeStringField(
                    "not_before", certificate.getNotBefore().toInstant().toString());
            json.writeStringField(
                    "not_after", certificate.getNotAfter().toInstant().toString());
            json.writeStringField("key_sha256", Certificates.fingerprint(certificate.getPublicKey()));
            json.writeEndObject();
        }
        json.writeEndArray();
        faults(checked.faults(), json);
        json.writeEndObject();
    }

    private static void faults(List<StoreFault> faults, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("faults");
        for (StoreFault fault : faults) {
            json.writeStartObject();
            json.writeStringField("id", fault.id());
            json.writeStringField("severity", fault.severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("what", fault.what());
            json.writeArrayFieldStart("fix");
            for (String step : fault.fix()) {
                json.writeString(step);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
