package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.RecordProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Alters a byte of a hello that neither side uses: only the transcript hash differs. */
enum HelloFault implements CryptoFault {
    ALTERED_HELLO;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    /** Offset after handshake header, legacy_version, random and the length of the identifier (RFC 8446, 4.1.3). */
    private static final int SESSION_ID = 4 + 2 + 32 + 1;

    private static final int SUPPORTED_GROUPS = 10;

    @Override
    public String id() {
        return "altered-hello";
    }

    @Override
    public boolean needsNetwork() {
        return true;
    }

    @Override
    public RecordProxy.RecordFault network(CryptoCell cell) {
        AtomicBoolean begun = new AtomicBoolean();
        return record -> {
            // only a side's first record: the first byte of an encrypted one may be a hello's by chance
            if (begun.getAndSet(true) || record[0] != HANDSHAKE) {
                return List.of(record);
            }
            boolean client = record[RECORD_HEADER] == CLIENT_HELLO;
            boolean server = record[RECORD_HEADER] == SERVER_HELLO;
            return List.of(
                    client
                            ? NetworkFault.flipped(record, endOfGroups(record))
                            : server ? NetworkFault.flipped(record, RECORD_HEADER + SESSION_ID) : record);
        };
    }

    /** The last byte of the last group, which the server does not select. */
    private static int endOfGroups(byte[] record) {
        int at = RECORD_HEADER + SESSION_ID + record[RECORD_HEADER + SESSION_ID - 1]; // suites
        at += 2 + number(record, at); // compression methods
        at += 1 + record[at] + 2; // extensions
        while (number(record, at) != SUPPORTED_GROUPS) {
            at += 4 + number(record, at + 2);
        }
        return at + 4 + number(record, at + 2) - 1;
    }

    private static int number(byte[] record, int at) {
        return (record[at] & 0xff) << 8 | (record[at + 1] & 0xff);
    }

    @Override
    public List<Told> check(CryptoCell cell, CryptoPlay play) {
        // in TLS 1.3 the server encrypts first, in earlier versions the client; the other side detects the difference
        String first = cell.isTls13() ? "client" : "server";
        JsonNode alone = play.required(play.alone(cell, first), cell);
        String all = play.describe(cell, alone);
        assertThat(alone.get("cause").asText()).as(all).isEqualTo("transcript-altered");
        assertThat(alone.get("confidence").asText()).as(all).isEqualTo("possible");
        assertThat(alone.get("candidates").findValuesAsText("cause")).as(all).contains("secrets-diverged");
        List<Told> told = new ArrayList<>();
        told.add(new Told("transcript-altered", first, "alone"));
        checkBoth(play.required(play.both(cell, first), cell), cell, play);
        told.add(new Told("transcript-altered", first, "both"));
        String second = first.equals("client") ? "server" : "client";
        JsonNode other = play.both(cell, second);
        if (other != null) {
            checkBoth(other, cell, play);
        }
        told.add(new Told("transcript-altered|nothing", second, "both"));
        checkDiff(cell, play);
        return told;
    }

    private static void checkBoth(JsonNode failure, CryptoCell cell, CryptoPlay play) {
        String all = play.describe(cell, failure);
        assertThat(failure.get("cause").asText()).as(all).isEqualTo("transcript-altered");
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("certain");
        assertThat(ExplainedFailures.value(failure, "message"))
                .as(all)
                .isEqualTo(cell.byClient() ? "ClientHello, sent by the client" : "ServerHello, sent by the server");
        assertThat(ExplainedFailures.value(failure, "field")).as(all).contains(field(cell));
        if (!cell.byClient()) {
            assertThat(ExplainedFailures.value(failure, "offset"))
                    .as(all)
                    .isEqualTo("byte " + SESSION_ID + " of the message");
        }
        assertThat(ExplainedFailures.value(failure, "sent"))
                .as(all)
                .isNotEqualTo(ExplainedFailures.value(failure, "received"));
    }

    private static void checkDiff(CryptoCell cell, CryptoPlay play) {
        JsonNode diff = play.diff(cell);
        String all = play.describe(cell, diff);
        assertThat(diff.get("means").get(0).get("id").asText()).as(all).isEqualTo("altered");
        List<JsonNode> altered = new ArrayList<>();
        diff.get("messages").forEach(message -> {
            if (message.get("differs").asBoolean()) {
                altered.add(message);
            }
        });
        assertThat(altered).as(all).hasSize(1);
        assertThat(altered.get(0).get("direction").asText())
                .isEqualTo(cell.byClient() ? "client to server" : "server to client");
        assertThat(altered.get(0).get("name").asText()).isEqualTo(cell.byClient() ? "ClientHello" : "ServerHello");
        assertThat(altered.get(0).get("field").asText()).contains(field(cell));
    }

    private static String field(CryptoCell cell) {
        return cell.byClient() ? "supported_groups" : "legacy_session_id";
    }
}
