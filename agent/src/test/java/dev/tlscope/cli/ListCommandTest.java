package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListCommandTest {
    private static final String LONG = "/srv/releases/2026-11-30/services/orders/lib/orders-service-7.3.1.jar";

    @Test
    void aLongNameFitsTheTerminalByItsEnd() {
        List<Jvm> jvms = List.of(jvm(1, "Main"), jvm(2, LONG));
        assertThat(ListCommand.table(jvms, 80))
                .allMatch(line -> line.length() <= 80)
                .last()
                .asString()
                .contains("...")
                .contains("/orders-service-7.3.1.jar  17  ");
        assertThat(ListCommand.table(jvms, 0)).last().asString().contains(LONG);
    }

    private static Jvm jvm(int pid, String main) {
        return new Jvm(pid, null, main, "17", true, null, true);
    }
}
