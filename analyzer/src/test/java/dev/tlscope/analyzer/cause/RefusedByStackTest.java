package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every row of stack-reasons.txt names causes that exist, and each reason once. What real libraries say is ProvidersTest's. */
class RefusedByStackTest {
    @Test
    void everyRowNamesCauses() throws IOException {
        Set<String> reasons = new HashSet<>();
        try (InputStream in = Catalogue.class.getResourceAsStream("/dev/tlscope/analyzer/refusal/stack-reasons.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(row -> !row.startsWith("#")).toList()) {
                String[] cells = line.split("\t", -1);
                assertThat(cells.length).as(line).isIn(3, 5);
                assertThat(reasons.add(cells[0])).as(line).isTrue();
                assertThat(Catalogue.of(cells[1])).as(line).isPresent();
                assertThat(cells.length == 3 || Catalogue.of(cells[3]).isPresent())
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(reasons).isNotEmpty();
    }
}
