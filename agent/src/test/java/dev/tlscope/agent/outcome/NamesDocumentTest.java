package dev.tlscope.agent.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.status.StatusKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** src/docs/names.md, made of the names in the code; those of JSON are held to the schema of export. */
class NamesDocumentTest {
    private static final Path DOCS = Path.of("..", "src", "docs");

    @Test
    void theDocumentationHasTheNamesOfTheCode() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The names in log, JFR, JMX and JSON

                One vocabulary: OpenTelemetry's semantic conventions (`tls.*`, `network.*`, `server.*`, `error.type`, `exception.*`) where
                they have a name, ours below `tlscope.` where they have none. JFR's fields have the same words in Java's spelling. JSON is
                what `export --to json` writes; its older names are those of the last column. How to use them: [listen.md](listen.md).

                Booleans that are not known are false in JFR and JMX, numbers 0, texts empty; the log leaves them out.

                ## A handshake's end

                | log, JMX | JFR | JSON | |
                |---|---|---|---|
                """);
        for (OutcomeName name : OutcomeName.values()) {
            row(
                    page,
                    code(name.key()),
                    code(name.jfr()),
                    name.json() == null ? "" : code(name.json()),
                    name.description());
        }
        page.append("""

                JFR's `tlscope.CertificatePath` has the certificates' own names: `subject`, `issuer`, `serialNumber`, `notBefore`, `notAfter`,
                `keyAlgorithm`, `keySize`, `signatureAlgorithm` and `sha256Fingerprint`, as JSON has them. A row of JMX's `Problems` has
                `tlscope.count`, `tlscope.first` and `tlscope.last` besides.

                ## The counters

                | status | JMX attribute | |
                |---|---|---|
                """);
        for (StatusKey key : StatusKey.values()) {
            row(page, code(key.key()), code(attribute(key)), key.title());
        }
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(DOCS.resolve("names.md"), page);
        }
        assertThat(Files.readString(DOCS.resolve("names.md")))
                .as("src/docs/names.md; mvn -Pdocs verify -pl agent -am makes it")
                .isEqualTo(page.toString());
    }

    @ParameterizedTest
    @EnumSource(OutcomeName.class)
    void jsonHasIt(OutcomeName name) throws IOException {
        String schema = Files.readString(DOCS.resolve("export-schema.json"));
        for (String part : name.json() == null ? new String[0] : name.json().split("\\.")) {
            assertThat(schema).contains("\"" + part + "\"");
        }
        assertThat(name.jfr()).matches("[a-z][A-Za-z0-9]*");
        assertThat(name.key()).matches("[a-z0-9_.]+");
    }

    @Test
    void eachOptionOfTheListenersIsInStatus() {
        assertThat(StatusKey.valueOf(Option.LOG.key().toUpperCase(Locale.ROOT)).key())
                .isEqualTo("log");
        assertThat(StatusKey.valueOf(Option.JMX.key().toUpperCase(Locale.ROOT)).key())
                .isEqualTo("jmx");
    }

    private static String attribute(StatusKey key) {
        String name = OutcomeName.camelCase(key.key());
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + (key.isSingle() ? "" : "s");
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
