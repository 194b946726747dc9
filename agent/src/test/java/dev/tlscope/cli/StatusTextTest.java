package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.status.StatusKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    @Test
    void hasWhatMattersInTenLines() {
        String text = text(answer("finish woven", "kickstart woven", "old refused this JDK has no X.y"), false);
        assertThat(text.lines()).hasSize(9);
        assertThat(text)
                .containsPattern("handshakes completed +117\n")
                .containsPattern("events dropped +0\n")
                .contains("keep=failures, records=handshake, secrets=off, for 2h\n")
                .contains("2 woven, 1 do not fit this JDK: status --hooks shows which\n")
                .doesNotContain("kickstart");
        assertThat(text(answer("finish woven", "old refused this JDK has no X.y"), true))
                .contains("  finish woven\n", "  old refused this JDK has no X.y\n");
    }

    @Test
    void namesAHookThatFailed() {
        assertThat(text(answer("finish woven", "dispatch disarmed after 8 failures"), false))
                .contains(
                        "1 woven, 1 disarmed after failures of tlscope's own:\n  dispatch disarmed after 8 failures\n")
                .doesNotContain("  finish woven");
    }

    @Test
    void hasTheLogWhereThereIsOne() {
        assertThat(text(answer("finish woven"), false)).doesNotContain("lines logged");
        assertThat(text(new AgentReply(List.of(StatusKey.LOG_TARGET.line("off"))), false))
                .doesNotContain("lines logged");
        AgentReply logging = new AgentReply(
                List.of(StatusKey.LOG_TARGET.line("SLF4J"), StatusKey.LOG_LINES.line(3), StatusKey.LOG_LEFT.line(1)));
        assertThat(text(logging, false)).containsPattern("lines logged +3\n").containsPattern("lines left out +1\n");
    }

    @Test
    void saysInWordsThatTlsWasNotUsed() {
        assertThat(text(answer("finish waiting: its class is not loaded yet"), false))
                .contains("none woven: JSSE is not loaded yet, the JVM has not used TLS\n");
        assertThat(text(answer("finish woven", "late waiting: its class is not loaded yet"), false))
                .contains("1 woven, 1 wait for a class that is not loaded yet\n");
    }

    @Test
    void jsonHasNumbersAndLists() {
        assertThat(StatusText.json(answer("finish woven")))
                .contains("\"handshakes\": 117", "\"out\": \"/var/tmp/\\\"tls\\\"\"", "\"for\": \"2h\"")
                .contains("\"files\": [\n    \"/var/tmp/a.pcapng\"\n  ]", "\"warnings\": []")
                .contains("\"id\": \"finish\",\n      \"state\": \"woven\"");
        assertThat(JsonText.of(Collections.singletonMap("a\n", null))).isEqualTo("{\n  \"a\\u000a\": null\n}");
    }

    private static String text(AgentReply answer, boolean hooks) {
        StringWriter text = new StringWriter();
        StatusText.status(new PrintWriter(text), new Jvm(1, null, "Main", "17", true, null, true), answer, hooks);
        return text.toString();
    }

    private static AgentReply answer(String... hooks) {
        List<String> lines = new ArrayList<>();
        lines.add(StatusKey.VERSION.line("0.1.0"));
        lines.add(StatusKey.JDK.line("17.0.15 (Debian)"));
        lines.add(StatusKey.SINCE.line("2026-11-24T07:21:38Z"));
        lines.add(StatusKey.OUT.line("/var/tmp/\"tls\""));
        lines.add(StatusKey.SECRETS.line("off"));
        lines.add(StatusKey.KEEP.line("failures"));
        lines.add(StatusKey.RECORDS.line("handshake"));
        lines.add(StatusKey.FOR.line("2h"));
        lines.add(StatusKey.CONNECTIONS.line(120));
        lines.add(StatusKey.HANDSHAKES.line(117));
        lines.add(StatusKey.FAILED.line(3));
        lines.add(StatusKey.DROPPED.line(0));
        lines.add(StatusKey.BYTES.line(12345));
        lines.add(StatusKey.DELETED.line(0));
        lines.add(StatusKey.ERRORS.line(0));
        lines.add(StatusKey.FILE.line("/var/tmp/a.pcapng"));
        for (String hook : hooks) {
            lines.add(StatusKey.HOOK.line(hook));
        }
        return new AgentReply(lines);
    }
}
