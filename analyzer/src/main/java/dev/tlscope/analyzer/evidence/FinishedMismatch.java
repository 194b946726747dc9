package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A Finished of the peer that differs from what this side computed, as JSSE compared them.
 *
 * @param computed verify_data computed by this side
 * @param received verify_data sent by the peer
 * @param transcriptHash the hash that this side computed it from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FinishedMismatch(String label, byte[] computed, byte[] received, byte[] transcriptHash) {
    public static Optional<FinishedMismatch> of(Handshake handshake) {
        for (Event event : handshake.events()) {
            byte[] computed = event.bytes(Field.BYTES);
            byte[] received = event.bytes(Field.RECEIVED);
            String label = event.text(Field.LABEL);
            if (event.type() == EventType.PROOF
                    && label != null
                    && label.endsWith("_finished")
                    && computed != null
                    && received != null
                    && !Arrays.equals(computed, received)) {
                byte[] hash = event.bytes(Field.TRANSCRIPT_HASH);
                return Optional.of(new FinishedMismatch(label, computed, received, hash == null ? new byte[0] : hash));
            }
        }
        return Optional.empty();
    }

    public Evidence describe() {
        HexFormat hex = HexFormat.of();
        return new Evidence(
                "verify_data", "computed here " + hex.formatHex(computed) + ", received " + hex.formatHex(received));
    }
}
