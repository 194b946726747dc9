package dev.tlscope.analyzer.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Public reports, explained from the capture that the agent made when each was reproduced. Reports with a wrong answer
 * are marked in their table ({@code now: wrong}), and fail here when the answer becomes right, so that the table is
 * corrected too.
 */
class FieldReportTest {
    static Stream<FieldReport> captured() {
        return FieldReports.all().stream().filter(report -> report.now() != FieldReport.Now.SILENT);
    }

    @ParameterizedTest
    @MethodSource("captured")
    void isToldAsTheTableSays(FieldReport report) throws IOException, URISyntaxException {
        Path capture = FieldReports.capture(report);
        assertThat(capture).as("capture of " + report.name()).isNotNull();
        List<Answer> answers = Answer.of(Objects.requireNonNull(capture));
        boolean right = report.now() == FieldReport.Now.RIGHT;
        assertThat(report.isTold(answers))
                .as(
                        right
                                ? "%s: right is %s, at most %s, naming %s, never %s; the answer is %s"
                                : "%s: write \"now: right\", since it is (%s, at most %s, naming %s, never %s): %s",
                        report.name(),
                        report.causes(),
                        report.confidence(),
                        report.names(),
                        report.never(),
                        answers)
                .isEqualTo(right);
    }

    @Test
    void whatIsCapturedIsNotSilent() {
        assertThat(FieldReports.all())
                .filteredOn(report -> report.now() == FieldReport.Now.SILENT)
                .allSatisfy(report -> assertThat(FieldReports.capture(report)).isNull());
    }

    /** A test class is of this module or of the integration tests. */
    @Test
    void everyKindIsHeldByTwo() {
        List<String> cases = FieldReports.all().stream().map(FieldReport::name).toList();
        FieldReports.kinds().forEach((kind, held) -> {
            assertThat(held).as(kind).hasSizeGreaterThan(1);
            assertThat(held)
                    .as(kind)
                    .allSatisfy(name -> assertThat(cases.contains(name) || isTest(name))
                            .as(name)
                            .isTrue());
        });
    }

    private static boolean isTest(String name) {
        return Stream.of("src/test/java", "../src/it/src/test/java")
                .map(Path::of)
                .anyMatch(tests -> {
                    try (Stream<Path> files = Files.walk(tests)) {
                        return files.anyMatch(file -> file.endsWith(name + ".java"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void everyReportHasItsName() {
        assertThat(FieldReports.all()).extracting(FieldReport::name).doesNotHaveDuplicates();
        assertThat(FieldReports.of("clients")).hasSizeGreaterThan(21);
        assertThat(FieldReports.of("servers")).hasSizeGreaterThan(21);
    }
}
