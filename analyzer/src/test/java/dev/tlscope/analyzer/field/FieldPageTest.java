package dev.tlscope.analyzer.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code src/docs/field.md} is what the tables make: run this test with {@code -Dtlscope.write=true} to make it anew. */
class FieldPageTest {
    private static final Path PAGE = Path.of("../src/docs/field.md");

    @Test
    void isMadeFromTheTables() throws IOException {
        String made = FieldPage.text();
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(PAGE)
                .as("mvn test -pl capture,analyzer -Dtest=FieldPageTest -Dtlscope.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false makes it anew")
                .hasContent(made);
    }
}
