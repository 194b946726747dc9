package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import java.util.ArrayList;
import java.util.List;

/** One end's cryptography is wrong, by a {@link PlantedFault}. */
record PlantedCryptoFault(PlantedFault fault) implements CryptoFault {
    @Override
    public String id() {
        return fault.id();
    }

    @Override
    public String planted() {
        return fault.name();
    }

    @Override
    public List<Told> check(CryptoCell cell, CryptoPlay play) {
        List<Told> told = new ArrayList<>();
        for (String role : List.of("client", "server")) {
            boolean must = role.equals(noticed(cell));
            String cause = must ? cause() : cause() + "|nothing";
            JsonNode both = must ? play.required(play.both(cell, role), cell) : play.both(cell, role);
            if (both != null) {
                checkFound(both, cell, play);
            }
            told.add(new Told(cause, role, "both"));
            JsonNode alone = play.alone(cell, role);
            if (role.equals(cell.faulty())) {
                if (alone != null) {
                    checkFound(alone, cell, play);
                }
                told.add(new Told(cause, role, "alone"));
            } else {
                if (alone != null) {
                    List<String> ids =
                            new ArrayList<>(List.of(alone.get("cause").asText()));
                    ids.addAll(alone.get("candidates").findValuesAsText("cause"));
                    assertThat(ids).as(play.describe(cell, alone)).contains(cause());
                }
                told.add(new Told(cause, role, "alone, among the candidates"));
            }
        }
        return told;
    }

    /** The end that first decrypts what the other one protected: it always fails. */
    private String noticed(CryptoCell cell) {
        return fault == PlantedFault.WRONG_TAG ? cell.other() : cell.isTls13() ? "client" : "server";
    }

    private String cause() {
        return switch (fault) {
            case WRONG_TAG -> "record-corrupted";
            case WRONG_HASH -> "transcript-altered";
            case WRONG_SECRET -> "secrets-diverged";
            case REFUSED_RECORD, REFUSED_SIGNATURE -> throw new IllegalStateException("RefusingCryptoFault checks it");
        };
    }

    private void checkFound(JsonNode failure, CryptoCell cell, CryptoPlay play) {
        String all = play.describe(cell, failure);
        assertThat(failure.get("cause").asText()).as(all).isEqualTo(cause());
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("certain");
        if (fault == PlantedFault.WRONG_TAG) {
            assertThat(ExplainedFailures.value(failure, "wrong")).as(all).isEqualTo("as it left the " + cell.faulty());
            return;
        }
        assertThat(ExplainedFailures.value(failure, "side")).as(all).isEqualTo(cell.faulty());
        String first = ExplainedFailures.value(failure, "first wrong value");
        if (fault == PlantedFault.WRONG_HASH) {
            assertThat(first)
                    .as(all)
                    .isEqualTo("transcript hash, "
                            + (cell.isTls13() ? "ClientHello..ServerHello" : "before client Finished"));
        } else {
            assertThat(first)
                    .as(all)
                    .isEqualTo(cell.isTls13() ? "SERVER_HANDSHAKE_TRAFFIC_SECRET" : "CLIENT_RANDOM, the master secret");
            boolean seen = cell.isTls13() || play.jdk().version() > 8;
            assertThat(ExplainedFailures.value(failure, "made by")).as(all).contains(seen ? "SunJCE" : "JSSE itself");
        }
    }
}
