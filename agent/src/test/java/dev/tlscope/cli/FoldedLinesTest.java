package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FoldedLinesTest {
    @Test
    void breaksAtSpacesAndIndentsTheRest() {
        assertThat(folded("tlscope: tlscope is attached already, capturing to /var/tmp/tls; detach it"))
                .isEqualTo("tlscope: tlscope is attached already,\n  capturing to /var/tmp/tls; detach it\n");
        assertThat(folded("TLS in this JVM     SSLEngine of the JDK: captured"))
                .isEqualTo("TLS in this JVM     SSLEngine of the\n                    JDK: captured\n");
    }

    @Test
    void keepsALongWordWhole() {
        assertThat(folded("captures go to /var/lib/a-directory-with-a-very-long-name/and/more below it"))
                .isEqualTo("captures go to\n  /var/lib/a-directory-with-a-very-long-name/and/more\n  below it\n");
    }

    @Test
    void leavesJsonAndOverwrittenLinesAlone() {
        String json = "    \"reason\": \"a sentence that is longer than the terminal is wide\"";
        assertThat(folded(json)).isEqualTo(json + "\n");
        String line = "\r\u001b[K3 failed, 0.1 a second over the last minute, and more";
        assertThat(folded(line)).isEqualTo(line + "\n");
    }

    @Test
    void aPipeHasNoWidth() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(new FoldedLines(text, () -> 0), true);
        out.println("a line that is longer than forty characters, and stays one line");
        assertThat(text.toString().lines()).hasSize(1);
    }

    private static String folded(String line) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(new FoldedLines(text, () -> 40), true);
        out.println(line);
        return text.toString();
    }
}
