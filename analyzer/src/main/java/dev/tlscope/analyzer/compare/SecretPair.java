package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.schedule.Captured;
import dev.tlscope.analyzer.schedule.Negotiation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secret as the client and as the server captured it.
 *
 * @param handshake number of the handshake in the connection, from 0; the later ones are renegotiations
 * @param client null when the client did not capture it
 * @param afterFailure true when an end derived it after its failure; it then proves nothing about what came before
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SecretPair(
        int handshake, String label, byte @Nullable [] client, byte @Nullable [] server, boolean afterFailure) {
    /** The order of derivation (RFC 8446, 7.1; RFC 5246, 6.3 and 8.1). */
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

    /** All secrets of either end, inputs first. */
    static List<SecretPair> of(ConnectionPair ends) {
        List<Negotiation> client = Negotiation.of(ends.client());
        List<Negotiation> server = Negotiation.of(ends.server());
        List<SecretPair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(client.size(), server.size()); i++) {
            add(pairs, i, client.get(i), server.get(i));
        }
        return pairs;
    }

    public boolean differs() {
        return !afterFailure && client != null && server != null && !Arrays.equals(client, server);
    }

    private static void add(List<SecretPair> pairs, int handshake, Negotiation client, Negotiation server) {
        Set<String> labels = new LinkedHashSet<>(ORDER);
        labels.addAll(client.secrets().labels());
        labels.addAll(server.secrets().labels());
        for (String label : labels) {
            List<Captured> here = client.secrets().captured(label);
            List<Captured> there = server.secrets().captured(label);
            for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
                Captured one = i < here.size() ? here.get(i) : null;
                Captured other = i < there.size() ? there.get(i) : null;
                boolean late = isLate(client.handshake(), one) || isLate(server.handshake(), other);
                pairs.add(new SecretPair(handshake, label, bytes(one), bytes(other), late));
            }
        }
    }

    private static boolean isLate(Handshake end, @Nullable Captured secret) {
        return secret != null && end.result().hadFailed(secret.timeNanos());
    }

    private static byte @Nullable [] bytes(@Nullable Captured secret) {
        return secret == null ? null : secret.bytes();
    }
}
