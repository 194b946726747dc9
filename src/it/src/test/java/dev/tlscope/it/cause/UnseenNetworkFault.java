package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.RecordProxy;
import java.util.ArrayList;
import java.util.List;

/**
 * A network fault captured without secrets, and with only the failed record of application data: nothing can be
 * recomputed, so no answer is certain.
 */
record UnseenNetworkFault(NetworkFault fault) implements CryptoFault {
    private static final List<String> OPEN = List.of("engine-misuse", "record-corrupted", "record-desync");

    @Override
    public String id() {
        return fault.id() + ", secrets=off";
    }

    @Override
    public String writing() {
        return fault.writing();
    }

    @Override
    public boolean needsNetwork() {
        return true;
    }

    @Override
    public RecordProxy.RecordFault network(CryptoCell cell) {
        return fault.network(cell);
    }

    @Override
    public List<Told> check(CryptoCell cell, CryptoPlay play) {
        checkOpen(cell.other(), play.required(play.alone(cell, cell.other()), cell), cell, play);
        checkOpen(cell.other(), play.required(play.both(cell, cell.other()), cell), cell, play);
        // its alert may be lost
        if (play.alone(cell, cell.faulty()) != null) {
            checkOpen(cell.faulty(), play.required(play.alone(cell, cell.faulty()), cell), cell, play);
            checkOpen(cell.faulty(), play.required(play.both(cell, cell.faulty()), cell), cell, play);
        }
        String ids = "engine-misuse|record-corrupted|record-desync";
        return List.of(
                new Told(ids, cell.other(), "alone, and both"),
                new Told(ids + "|nothing", cell.faulty(), "alone, and both"));
    }

    /** All three causes are named; between two ends on one host the application comes before the network. */
    private static void checkOpen(String role, JsonNode failure, CryptoCell cell, CryptoPlay play) {
        String all = play.describe(cell, failure);
        assertThat(failure.get("role").asText()).as(all).isEqualTo(role);
        assertThat(failure.get("cause").asText()).as(all).isEqualTo(OPEN.get(0));
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("possible");
        List<String> ids = new ArrayList<>(List.of(failure.get("cause").asText()));
        ids.addAll(failure.get("candidates").findValuesAsText("cause"));
        assertThat(ids).as(all).containsExactlyInAnyOrderElementsOf(OPEN);
        assertThat(ExplainedFailures.value(failure, "keys agree")).as(all).contains("Finished was verified");
        assertThat(ExplainedFailures.value(failure, "what would decide"))
                .as(all)
                .contains("peer's capture");
    }
}
