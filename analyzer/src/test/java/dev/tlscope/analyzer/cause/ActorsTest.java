package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActorsTest {
    @Test
    void theStepNamesTheSide() {
        Finding expired = finding("certificate-expired", "On the server, renew the certificate.");
        assertThat(Actors.of(expired, true)).isEqualTo(Actor.PEER);
        assertThat(Actors.of(expired, false)).isEqualTo(Actor.US);
        Finding key = finding("key-mismatch", "Put the key back under alias a.");
        assertThat(Actors.of(key, true)).isEqualTo(Actor.US);
        assertThat(Actors.of(finding("key-mismatch", "On the client, put the two together."), false))
                .isEqualTo(Actor.PEER);
    }

    @Test
    void whatTheOtherEndSaysIsOfItsSide() {
        Finding key = finding("key-mismatch", "Put the key back under alias a.").reportedBy("server");
        assertThat(Actors.of(key, true)).isEqualTo(Actor.PEER);
        assertThat(Actors.of(finding("record-corrupted", "Look.").reportedBy("client"), false))
                .isEqualTo(Actor.NETWORK);
    }

    @Test
    void someCausesAreOfOneSide() {
        Finding missing = finding("client-certificate-missing", "Set a key manager.");
        assertThat(Actors.of(missing, true)).isEqualTo(Actor.US);
        assertThat(Actors.of(missing, false)).isEqualTo(Actor.PEER);
        Finding key = finding("no-usable-key", "Put a key there.");
        assertThat(Actors.of(key, true)).isEqualTo(Actor.PEER);
        assertThat(Actors.of(key, false)).isEqualTo(Actor.US);
    }

    private static Finding finding(String cause, String step) {
        CauseId id = Catalogue.of(cause).orElseThrow();
        return new Finding(id, Confidence.LIKELY, "A sentence.", List.of(), List.of(step));
    }
}
