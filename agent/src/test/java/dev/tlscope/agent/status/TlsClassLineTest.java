package dev.tlscope.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsClassLineTest {
    private static final String CONTEXT =
            "- context sun.security.ssl.SSLContextImpl$TLSContext 2026-11-30T00:00:00Z the JDK";

    @Test
    void theJdksOwnIsOneLine() {
        assertThat(summary(
                        "full engine sun.security.ssl.SSLEngineImpl 2026-11-30T00:00:00Z the JDK",
                        "full socket sun.security.ssl.SSLSocketImpl 2026-11-30T00:00:00Z the JDK",
                        "none engine org.example.Engine 2026-11-30T00:00:00Z /srv/app.jar; it has no packets",
                        CONTEXT))
                .containsExactly(
                        "SSLEngine and SSLSocket of the JDK: captured in full",
                        "SSLEngine org.example.Engine from /srv/app.jar: NOT captured: it has no packets");
    }

    @Test
    void aContextIsNamedWhereNothingElseIsKnown() {
        assertThat(summary(CONTEXT))
                .containsExactly("SSLContext sun.security.ssl.SSLContextImpl$TLSContext of the JDK");
    }

    private static List<String> summary(String... values) {
        List<TlsClassLine> lines = new ArrayList<>();
        for (String value : values) {
            lines.add(TlsClassLine.parse(value));
        }
        return TlsClassLine.summary(lines);
    }
}
