package dev.tlscope.analyzer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Catalogue;
import dev.tlscope.analyzer.finding.CauseId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RefusalTableTest {
    private static final Pattern VALUE = Pattern.compile("\\$(\\d)");

    private final RefusalTable table = RefusalTable.standard();

    @Test
    void eachPlaceStandsInItOnce() {
        assertThat(table.rows()).extracting(RefusalRow::key).doesNotHaveDuplicates();
        assertThat(table.rows()).hasSizeGreaterThan(1300);
    }

    @Test
    void itsCausesAreInTheCatalogue() {
        Set<String> known = Catalogue.entries().stream().map(CauseId::id).collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (RefusalRow row : table.rows()) {
            if (row.cause() != null && row.serverCause() != null) {
                named.add(row.cause());
                named.add(row.serverCause());
            }
        }
        assertThat(known).containsAll(named);
    }

    @Test
    void whatEndsAHandshakeSaysInASentenceWhatIsChecked() {
        assertThat(table.rows())
                .filteredOn(row -> row.reason() == null)
                .filteredOn(row -> !row.meaning().endsWith(".") || row.meaning().length() < 20)
                .extracting(RefusalRow::key)
                .isEmpty();
        assertThat(table.rows())
                .filteredOn(row -> row.reason() != null && !row.meaning().isEmpty())
                .extracting(RefusalRow::key)
                .isEmpty();
    }

    @Test
    void whatEndsAHandshakeHasATextByWhichItIsFound() {
        assertThat(table.rows())
                .filteredOn(row -> row.reason() == null
                        && !row.isBelow()
                        && !row.template().isSpecific())
                .extracting(RefusalRow::key)
                .isEmpty();
    }

    @Test
    void aSentenceNamesNoValueThatTheTextDoesNotHave() {
        for (RefusalRow row : table.rows()) {
            int places = row.text().split("\\{}", -1).length - 1;
            Matcher value = VALUE.matcher(row.meaning());
            while (value.find()) {
                assertThat(Integer.parseInt(value.group(1))).as(row.key()).isBetween(1, places);
            }
        }
    }

    @Test
    void aTableIsReadByClass() {
        RefusalTable read = RefusalTable.parse("""
                # a comment
                a.B
                \tone\tText of {}\tALERT\tpeer-alert\tThe meaning of $1.
                \ttwo\t\tX\t(passes-on)
                a.C
                \tone\tElse\tALERT\tplaintext-peer/plaintext-client\tIt is so.
                \tone\tOpen\tALERT\tinternal?\tIt may be so.""");

        assertThat(read.rows())
                .extracting(RefusalRow::key)
                .containsExactly("a.B\tone\tText of {}", "a.B\ttwo\t", "a.C\tone\tElse", "a.C\tone\tOpen");
        assertThat(read.rows())
                .extracting(RefusalRow::verdict)
                .containsExactly("peer-alert", "(passes-on)", "plaintext-peer/plaintext-client", "internal?");
        assertThat(read.rows()).extracting(RefusalRow::open).containsExactly(false, false, false, true);
    }
}
