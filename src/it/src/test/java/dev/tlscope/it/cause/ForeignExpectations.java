package dev.tlscope.it.cause;

import static dev.tlscope.it.cause.CauseExpectation.client;
import static dev.tlscope.it.cause.CauseExpectation.server;

import java.util.ArrayList;
import java.util.List;

/** The expected finding for each cell of dev.tlscope.it.cells.ForeignCells at the side of JSSE. */
final class ForeignExpectations {
    private static final String ANY = "certain|likely|possible";

    static final List<CauseExpectation> ALL = all();

    private ForeignExpectations() {}

    private static List<CauseExpectation> all() {
        List<CauseExpectation> all = new ArrayList<>();
        for (String program : List.of("openssl", "gnutls")) {
            clients(all, program + "-client-");
            servers(all, program + "-server-");
        }
        return all;
    }

    /** Cells in which the program is the client. */
    private static void clients(List<CauseExpectation> all, String family) {
        // OpenSSL's TLS 1.3 client has not changed its keys when it rejects the certificate, and sends its alert in
        // plain text.
        all.add(server(family + "refuses-certificate", "peer-refused-certificate", "certain")
                .fact("likely reason", "stranger"));
        all.add(server(family + "version", "no-common-protocol", "certain")
                .fact("client offers", "TLSv1\\.[23]")
                .fact("server speaks", "^TLSv1\\.[23]$"));
        all.add(server(family + "without-certificate", "client-certificate-missing", "certain")
                .fact("client's Certificate message", "empty")
                .fact("client authentication", "CLIENT_AUTH_REQUIRED"));
        all.add(server(family + "name", "unrecognized-name", "certain").fact("server_name", "cells\\.test$"));
        all.add(server(family + "alpn", "no-common-alpn", "certain").fact("client offers", "^h2$"));
        all.add(server(family + "suite", "no-common-cipher-suite", "certain").fact("common", "^none$"));
        all.add(server(family + "strange-certificate", "untrusted-chain", "likely"));
    }

    /** Cells in which the program is the server. */
    private static void servers(List<CauseExpectation> all, String family) {
        all.add(client(family + "strange-certificate", "untrusted-chain", "likely"));
        all.add(
                family.startsWith("openssl")
                        ? client(family + "version", "no-common-protocol", "certain")
                                .fact("client offers", "^TLSv1\\.[23]$")
                        // a GnuTLS server of TLS 1.2 answers a hello that offers only TLS 1.3 with handshake_failure
                        : client(family + "version", "no-common-protocol|no-common-cipher-suite", "certain|possible")
                                .candidate("no-common-protocol"));
        all.add(client(family + "needs-certificate", "client-certificate-missing", "certain|likely")
                .fact("key selected by our key manager", "none"));
        all.add(client(family + "refuses-certificate", "peer-refused-certificate", "certain")
                .fact("likely reason", "stranger"));
        all.add(client(family + "alpn", "no-common-alpn", "certain").fact("client offers", "^h2$"));
        all.add(client(family + "name", "unrecognized-name", "certain").fact("server_name", "cells\\.test$"));
        all.add(client(family + "suite", "no-common-cipher-suite|no-usable-key|no-common-group", ANY)
                .candidate("no-common-cipher-suite"));
    }
}
