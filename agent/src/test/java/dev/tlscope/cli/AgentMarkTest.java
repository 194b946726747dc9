package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentMarkTest {
    @Test
    void hasVersionFilesAndDirectory() {
        AgentMark mark =
                AgentMark.of("0.2.0 since 2026-11-30T17:38:12Z by tlscope-vm-7-20261130T173812Z- to /var/tmp/a to b");
        assertThat(mark.prefix).isEqualTo("tlscope-vm-7-20261130T173812Z-");
        assertThat(mark.out).isEqualTo("/var/tmp/a to b");
        assertThat(mark).hasToString("0.2.0 since 2026-11-30T17:38:12Z to /var/tmp/a to b");
    }

    @Test
    void anOlderOneHasNoFilesToAskBy() {
        AgentMark mark = AgentMark.of("0.1.0-SNAPSHOT since 2026-11-30T17:37:22Z to /tmp/captures");
        assertThat(mark.prefix).isNull();
        assertThat(mark.out).isEqualTo("/tmp/captures");
        assertThat(AgentMark.of("0.1.0 since 2026-11-30T17:37:22Z to /tmp/fr?h").out)
                .isNull();
    }

    @Test
    void aPathThatDoesNotFitIsMissing() {
        AgentMark mark = AgentMark.of("0.2.0 since 2026-11-30T17:38:12Z by tlscope-vm-7-20261130T173812Z-");
        assertThat(mark.prefix).isEqualTo("tlscope-vm-7-20261130T173812Z-");
        assertThat(mark.out).isNull();
        assertThat(mark.isWaiting()).isFalse();
        assertThat(AgentMark.waiting().isWaiting()).isTrue();
    }
}
