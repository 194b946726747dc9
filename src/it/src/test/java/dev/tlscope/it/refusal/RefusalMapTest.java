package dev.tlscope.it.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.refusal.RefusalRow;
import dev.tlscope.analyzer.refusal.RefusalTable;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of refusals is complete: it has each place of each available JDK. */
class RefusalMapTest {
    private final List<RefusalRow> rows = RefusalTable.standard().rows();

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theTableKnowsEachPlaceOfTheJdk(Jdk jdk) throws IOException {
        assertThat(unknown(ScannedJdk.of(jdk).places().keySet(), keys()))
                .as("places of " + jdk + " that refusals.txt lacks: say what each checks, and what leads there")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theTableSaysWhatThePlaceRaises(Jdk jdk) throws IOException {
        Map<String, RefusalRow> byKey = rows.stream().collect(Collectors.toMap(RefusalRow::key, row -> row));
        ScannedJdk.of(jdk).places().forEach((place, raised) -> {
            RefusalRow row = byKey.get(place.key());
            if (row != null) {
                assertThat(Arrays.asList(row.raises().split("\\|")))
                        .as(place.toString())
                        .containsAll(raised);
            }
        });
    }

    @Test
    void aRowThatIsTakenOutIsMissed() throws IOException {
        Set<RefusalPlace> places = ScannedJdk.of(Jdk.current()).places().keySet();
        Set<String> keys = keys();
        for (RefusalPlace place : places) {
            keys.remove(place.key());
            assertThat(unknown(places, keys)).containsExactly(place);
            keys.add(place.key());
        }
    }

    private Set<String> keys() {
        return rows.stream().map(RefusalRow::key).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<RefusalPlace> unknown(Set<RefusalPlace> places, Set<String> keys) {
        return places.stream()
                .filter(place -> !keys.contains(place.key()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
