package dev.tlscope.it.cells;

import java.io.IOException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.util.Collections;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/** Lists of the two sides that have nothing in common, or are empty. */
final class ListCells {
    private ListCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        // The version of these cells is the client's.
        cells.add(
                "no-common-protocol",
                CellTable.TLS12,
                () -> pki.goodServer().protocols(CellTable.TLS13),
                pki::goodClient);
        cells.add(
                "no-common-protocol",
                CellTable.TLS13,
                () -> pki.goodServer().protocols(CellTable.TLS12),
                pki::goodClient);
        cells.add(
                "no-common-cipher-suite",
                CellTable.TLS12,
                () -> pki.goodServer().suites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
                () -> pki.goodClient().suites("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
        cells.add(
                "no-common-cipher-suite",
                CellTable.TLS13,
                () -> pki.goodServer().suites("TLS_AES_128_GCM_SHA256"),
                () -> pki.goodClient().suites("TLS_AES_256_GCM_SHA384"));
        // The policy of the test forbids SSLv3 and TLSv1.
        cells.add(
                "protocol-disabled",
                CellTable.TLS12,
                pki::goodServer,
                () -> pki.goodClient().protocols("TLSv1"));
        cells.add(
                "protocol-disabled-server",
                CellTable.TLS12,
                () -> pki.goodServer().protocols("TLSv1"),
                pki::goodClient);
        cells.add(
                "protocol-disabled-suites",
                CellTable.TLS13,
                pki::goodServer,
                () -> pki.goodClient().suites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        cells.add(
                "no-common-alpn",
                () -> pki.goodServer().with(parameters -> alpn(parameters, "http/1.1")),
                () -> pki.goodClient().with(parameters -> alpn(parameters, "h2")));
        cells.add(
                "unrecognized-name",
                () -> pki.goodServer()
                        .with(parameters -> parameters.setSNIMatchers(
                                Collections.singletonList(SNIHostName.createSNIMatcher("elsewhere\\.example")))),
                pki::goodClient);
    }

    /** SSLParameters.setApplicationProtocols, which is newer than the oldest JDK 8. */
    static void alpn(SSLParameters parameters, String... protocols) {
        try {
            Method set = SSLParameters.class.getMethod("setApplicationProtocols", String[].class);
            set.invoke(parameters, (Object) protocols);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no ALPN", e);
        }
    }
}
