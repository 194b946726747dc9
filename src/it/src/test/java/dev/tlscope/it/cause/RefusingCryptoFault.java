package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import java.util.List;

/** One end refuses what is right, by a {@link PlantedFault}: the check that passes proves that this end is at fault. */
record RefusingCryptoFault(PlantedFault fault) implements CryptoFault {
    private static final String CAUSE = "provider-failure";

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
        String role = cell.faulty();
        checkFound(play.required(play.alone(cell, role), cell), cell, play);
        checkFound(play.required(play.both(cell, role), cell), cell, play);
        JsonNode other = play.both(cell, cell.other());
        if (other != null) {
            String told = other.get("cause").asText();
            String sure = other.get("confidence").asText();
            assertThat(told.equals(CAUSE) || !sure.equals("certain"))
                    .as(play.describe(cell, other))
                    .isTrue();
        }
        return List.of(new Told(CAUSE, role, "alone"), new Told(CAUSE, role, "both"));
    }

    private void checkFound(JsonNode failure, CryptoCell cell, CryptoPlay play) {
        String all = play.describe(cell, failure);
        boolean mayBeTheBuffer = fault == PlantedFault.REFUSED_RECORD && cell.isEngine(cell.faulty());
        assertThat(failure.get("cause").asText()).as(all).isEqualTo(CAUSE);
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo(mayBeTheBuffer ? "likely" : "certain");
        assertThat(ExplainedFailures.value(failure, "recomputed")).as(all).contains(" verifies ");
        assertThat(ExplainedFailures.value(failure, "JDK"))
                .as(all)
                .contains(
                        play.jdk().version() == 8
                                ? "1.8"
                                : String.valueOf(play.jdk().version()));
    }
}
