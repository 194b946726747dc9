package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Nothing is wrong with the network: an application drives its SSLEngine wrongly. */
enum MisuseFault implements CryptoFault {
    /** Two threads wrap and send, the later one first. */
    WRAP_RACE("RACE", "alone");

    private final String writing;
    private final String peerReading;

    MisuseFault(String writing, String peerReading) {
        this.writing = writing;
        this.peerReading = peerReading;
    }

    @Override
    public String id() {
        return "wrap-race";
    }

    @Override
    public String writing() {
        return writing;
    }

    @Override
    public String peerReading() {
        return peerReading;
    }

    @Override
    public List<Told> check(CryptoCell cell, CryptoPlay play) {
        String sender = cell.faulty();
        String receiver = cell.other();
        JsonNode received = play.required(play.alone(cell, receiver), cell);
        String all = play.describe(cell, received);
        assertThat(received.get("cause").asText()).as(all).isEqualTo("record-desync");
        assertThat(received.get("confidence").asText()).as(all).isEqualTo("certain");
        assertThat(Explained.value(received, "record is")).as(all).isEqualTo("missing");
        List<Told> told = new ArrayList<>();
        told.add(new Told("record-desync", receiver, "alone"));
        for (String role : List.of(receiver, sender)) {
            JsonNode failure = play.both(cell, role);
            if (failure != null || role.equals(receiver)) {
                checkBoth(play.required(failure, cell), cell, play);
            }
            told.add(new Told(role.equals(receiver) ? "engine-misuse" : "engine-misuse|nothing", role, "both"));
        }
        JsonNode alone = play.alone(cell, sender);
        if (alone != null && alone.at("/alert/description").asText().equals("bad_record_mac")) {
            all = play.describe(cell, alone);
            assertThat(alone.get("cause").asText()).as(all).isEqualTo("engine-misuse");
            assertThat(alone.get("confidence").asText()).as(all).isEqualTo("possible");
            assertThat(Explained.value(alone, "wrapped by")).as(all).isEqualTo("threads main, second-writer");
        }
        return told;
    }

    private static void checkBoth(JsonNode failure, CryptoCell cell, CryptoPlay play) {
        String all = play.describe(cell, failure);
        assertThat(failure.get("cause").asText()).as(all).isEqualTo("engine-misuse");
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("likely");
        assertThat(Explained.value(failure, "record due wrapped by")).as(all).isEqualTo("thread main");
        assertThat(Explained.value(failure, "record received wrapped by"))
                .as(all)
                .isEqualTo("thread second-writer");
        assertThat(Explained.value(failure, "off by")).as(all).isEqualTo("1");
        assertThat(failure.get("candidates").findValuesAsText("cause")).as(all).containsExactly("record-desync");
    }
}
