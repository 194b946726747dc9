package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.schedule.Negotiation;
import dev.tlscope.analyzer.schedule.Secrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secret as the client had it, beside the server's.
 *
 * @param handshake counts the handshakes of the connection, from 0: the later ones renegotiate
 * @param client null when it was not captured there
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SecretPair(int handshake, String label, byte @Nullable [] client, byte @Nullable [] server) {
    /** In the order in which they follow from each other (RFC 8446, 7.1; RFC 5246, 6.3 and 8.1). */
    private static final List<String> ORDER = List.of(
            "premaster_secret",
            "master_secret",
            "CLIENT_RANDOM",
            "psk",
            "binder_key",
            "shared_secret",
            "early_secret",
            "handshake_secret",
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "main_secret",
            "CLIENT_TRAFFIC_SECRET_0",
            "SERVER_TRAFFIC_SECRET_0",
            "EXPORTER_SECRET",
            "resumption_secret");

    /** All that either end has, inputs first. */
    static List<SecretPair> of(Ends ends) {
        List<Negotiation> client = Negotiation.of(ends.client());
        List<Negotiation> server = Negotiation.of(ends.server());
        List<SecretPair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(client.size(), server.size()); i++) {
            add(pairs, i, client.get(i).secrets(), server.get(i).secrets());
        }
        return pairs;
    }

    public boolean differs() {
        return client != null && server != null && !Arrays.equals(client, server);
    }

    private static void add(List<SecretPair> pairs, int handshake, Secrets client, Secrets server) {
        Set<String> labels = new LinkedHashSet<>(ORDER);
        labels.addAll(client.labels());
        labels.addAll(server.labels());
        for (String label : labels) {
            List<byte[]> here = client.all(label);
            List<byte[]> there = server.all(label);
            for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
                pairs.add(new SecretPair(
                        handshake,
                        label,
                        i < here.size() ? here.get(i) : null,
                        i < there.size() ? there.get(i) : null));
            }
        }
    }
}
