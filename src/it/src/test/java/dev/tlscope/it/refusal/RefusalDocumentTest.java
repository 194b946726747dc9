package dev.tlscope.it.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.refusal.RefusalRow;
import dev.tlscope.analyzer.refusal.RefusalTable;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares src/docs/refusals.md with the table and with the available JDKs, or generates it. */
class RefusalDocumentTest {
    /** A column is for one update of its JDK; if another update is installed, the column stays unchanged. */
    @Test
    void isMadeFromTheTableAndTheJdks() throws IOException {
        List<RefusalRow> rows = RefusalTable.standard().rows();
        boolean write = Boolean.getBoolean("tlscope.write");
        RefusalDocument document = RefusalDocument.written();
        for (Jdk jdk : Jdk.all()) {
            ScannedJdk scanned = ScannedJdk.of(jdk);
            if (write || scanned.name().equals(document.names().get(jdk.version()))) {
                document.put(jdk.version(), scanned.name(), scanned.places().keySet());
            }
        }
        if (write) {
            document.write(rows);
        }
        assertThat(RefusalDocument.file())
                .as("src/docs/refusals.md; mvn -Pdocs verify makes it")
                .isEqualTo(document.text(rows));
    }
}
