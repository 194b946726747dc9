package dev.tlscope.analyzer.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares {@code src/docs/field.md} with the tables, or generates it. */
class FieldDocumentTest {
    private static final Path PAGE = Path.of("../src/docs/field.md");

    @Test
    void isMadeFromTheTables() throws IOException {
        String made = FieldPage.text();
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(PAGE)
                .as("src/docs/field.md; mvn -Pdocs verify -pl analyzer -am makes it")
                .hasContent(made);
    }
}
