package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.RecordProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fault of the network in the third of the pieces (dev.tlscope.it.peer.Pieces), whose length no other record has. */
enum NetworkFault implements CryptoFault {
    FLIP,
    DROP,
    REPEAT,
    SWAP;

    /** Offset of the byte that FLIP alters, record header included. */
    static final int FLIPPED = 1000;

    private static final int LEAST = 3000;
    private static final int MOST = 3200;
    private static final int APPLICATION_DATA = 23;

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String writing() {
        return "pieces";
    }

    @Override
    public boolean needsNetwork() {
        return true;
    }

    @Override
    public List<CryptoCell.Ends> ends() {
        return this == DROP ? List.of(CryptoCell.Ends.values()) : CryptoFault.super.ends();
    }

    @Override
    public RecordProxy.RecordFault network(CryptoCell cell) {
        List<byte[]> pieces = new ArrayList<>();
        return record -> {
            if (record[0] != APPLICATION_DATA || record.length < LEAST || record.length > MOST) {
                return List.of(record);
            }
            pieces.add(record);
            return carry(record, pieces);
        };
    }

    private List<byte[]> carry(byte[] record, List<byte[]> pieces) {
        boolean third = pieces.size() == 3;
        return switch (this) {
            case FLIP -> List.of(third ? flipped(record, FLIPPED) : record);
            case DROP -> third ? List.of() : List.of(record);
            case REPEAT -> third ? List.of(record, record) : List.of(record);
            case SWAP -> third ? List.of() : pieces.size() == 4 ? List.of(record, pieces.get(2)) : List.of(record);
        };
    }

    @Override
    public List<Told> check(CryptoCell cell, CryptoPlay play) {
        String receiver = cell.other();
        String sender = cell.faulty();
        JsonNode alone = play.required(play.alone(cell, receiver), cell);
        checkReceived(alone, play.describe(cell, alone));
        JsonNode both = play.required(play.both(cell, receiver), cell);
        String all = play.describe(cell, both);
        checkReceived(both, all);
        assertThat(ExplainedFailures.value(both, "sent by")).as(all).isEqualTo(sender);
        assertThat(both.get("candidates").findValuesAsText("cause"))
                .as(all)
                .isEqualTo(
                        this != FLIP && cell.ends() != CryptoCell.Ends.SOCKETS ? List.of("engine-misuse") : List.of());
        if (this == FLIP) {
            assertThat(ExplainedFailures.value(both, "first different byte"))
                    .as(all)
                    .startsWith("offset " + FLIPPED + " ");
            assertThat(ExplainedFailures.value(both, "sent"))
                    .as(all)
                    .isNotEqualTo(ExplainedFailures.value(both, "received"));
        }
        checkDiff(cell, play);
        List<Told> told = new ArrayList<>();
        told.add(new Told(cause(), receiver, "alone"));
        told.add(new Told(cause(), receiver, "both"));
        JsonNode refused = play.alone(cell, sender);
        if (refused != null) {
            assertThat(refused.get("confidence").asText())
                    .as(play.describe(cell, refused))
                    .isNotEqualTo("certain");
            JsonNode seen = play.required(play.both(cell, sender), cell);
            assertThat(seen.get("cause").asText()).as(play.describe(cell, seen)).isEqualTo(cause());
            assertThat(seen.get("confidence").asText())
                    .as(play.describe(cell, seen))
                    .isEqualTo("certain");
        }
        told.add(new Told(cause() + "|nothing", sender, "both"));
        return told;
    }

    private String cause() {
        return this == FLIP ? "record-corrupted" : "record-desync";
    }

    void checkReceived(JsonNode failure, String all) {
        assertThat(failure.get("cause").asText()).as(all).isEqualTo(cause());
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("certain");
        assertThat(ExplainedFailures.value(failure, "record"))
                .as(all)
                .containsPattern("epoch [13], sequence number \\d+, 30");
        if (this != FLIP) {
            assertThat(ExplainedFailures.value(failure, "record is"))
                    .as(all)
                    .isEqualTo(this == REPEAT ? "repeated" : "missing");
            assertThat(ExplainedFailures.value(failure, "off by")).as(all).isEqualTo("1");
        }
    }

    /** The receiver's third piece is altered, dropped or repeated; everything else is the same at both ends. */
    void checkDiff(CryptoCell cell, CryptoPlay play) {
        JsonNode diff = play.diff(cell);
        String all = play.describe(cell, diff);
        String meaning = switch (this) {
            case FLIP -> "altered";
            case REPEAT -> "repeated";
            default -> "dropped"; // the overtaken record arrived too late to be read
        };
        assertThat(diff.get("means").findValuesAsText("id")).as(all).containsExactly(meaning);
        assertThat(diff.get("messages"))
                .as(all)
                .allMatch(it -> !it.get("differs").asBoolean());
        assertThat(diff.get("secrets"))
                .as(all)
                .isNotEmpty()
                .allMatch(it -> !it.get("differs").asBoolean());
        List<JsonNode> broken = new ArrayList<>();
        for (JsonNode record : diff.get("records")) {
            if (List.of("altered", "moved", "repeated")
                    .contains(record.get("fate").asText())) {
                broken.add(record);
            }
        }
        assertThat(broken).as(all).hasSize(1);
        assertThat(broken.get(0).get("direction").asText())
                .isEqualTo(cell.byClient() ? "client to server" : "server to client");
        if (this == FLIP) {
            assertThat(broken.get(0).get("offset").asInt()).isEqualTo(FLIPPED);
        } else {
            long distance = broken.get(0).at("/origin/sequence").asLong()
                    - broken.get(0).get("sequence").asLong();
            assertThat(distance).as(all).isEqualTo(this == REPEAT ? -1 : 1);
        }
    }

    static byte[] flipped(byte[] record, int offset) {
        byte[] other = record.clone();
        other[offset] ^= 0x10;
        return other;
    }
}
