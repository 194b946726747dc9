package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatusTest {
    @Test
    void theInnermostPidIsTheProcesssOwn() {
        ProcStatus status = new ProcStatus("""
                Name:\tjava
                Pid:\t4711
                NSpid:\t4711\t33\t1
                Uid:\t100000\t100999\t0\t0
                Gid:\t5\t6\t7\t8
                SigCgt:\t0000000181005ccf
                """);
        assertThat(status.innerPid()).isEqualTo(1);
        assertThat(status.uid()).isEqualTo(100_999);
        assertThat(status.gid()).isEqualTo(6);
        assertThat(status.catches(3)).isTrue();
        assertThat(status.catches(9)).isFalse();
    }

    @Test
    void anOldKernelHasOneNamespaceAndANumberMayUse32Bits() {
        ProcStatus status = new ProcStatus("Pid:\t7\nUid:\t4294967294\t4294967294\t0\t0\nSigCgt:\t0000000000000000\n");
        assertThat(status.innerPid()).isEqualTo(7);
        assertThat(Integer.toUnsignedString(status.uid())).isEqualTo("4294967294");
        assertThat(status.catches(3)).isFalse();
    }
}
