package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a terminal would obey, or not show, is written in letters; everything else as it is. */
class PrintableWriterTest {
    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "M\u00fcnchen \u6771\u4eac \ud83d\ude00, M\u00fcnchen \u6771\u4eac \ud83d\ude00",
        "a\u009b31mred, a\\u009b31mred",
        "a\u202egnp.exe, a\\u202egnp.exe",
        "\u200b\u2028\u2066\ufeff\u007f, \\u200b\\u2028\\u2066\\ufeff\\u007f",
        "\u00ad, \\u00ad"
    })
    void writes(String text, String shown) throws IOException {
        StringWriter whole = new StringWriter();
        new PrintableWriter(whole).write(text);
        assertThat(whole).hasToString(shown);
        StringWriter array = new StringWriter();
        new PrintableWriter(array).write(("<" + text + ">").toCharArray(), 1, text.length());
        assertThat(array).hasToString(shown);
        StringWriter single = new StringWriter();
        PrintableWriter each = new PrintableWriter(single);
        for (int i = 0; i < text.length(); i++) {
            each.write(text.charAt(i));
        }
        assertThat(single).hasToString(shown);
    }
}
