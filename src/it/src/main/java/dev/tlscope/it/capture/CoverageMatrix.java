package dev.tlscope.it.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The coverage matrix, the same for every JDK: a cell that a JDK cannot play is reported as not applicable. */
final class CoverageMatrix {
    private static final String[] TLS13_SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };
    private static final String[] TLS13_GROUPS = {
        "x25519", "x448", "secp256r1", "secp384r1", "ffdhe2048", "X25519MLKEM768", "SecP256r1MLKEM768"
    };
    private static final String[] TLS12_SUITES = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA256",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA"
    };
    private static final String[] OLD_SUITES = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA"
    };

    private final List<MatrixCell> cells = new ArrayList<>();

    private CoverageMatrix() {}

    static List<MatrixCell> all() {
        CoverageMatrix made = new CoverageMatrix();
        made.tls13();
        made.upToTls12("TLSv1.2", TLS12_SUITES);
        made.upToTls12("TLSv1.1", OLD_SUITES);
        made.upToTls12("TLSv1", OLD_SUITES);
        made.dtls("DTLSv1.2", TLS12_SUITES);
        made.dtls("DTLSv1.0", OLD_SUITES);
        return made.cells;
    }

    private void tls13() {
        for (MatrixCell.Link link : MatrixCell.Link.values()) {
            for (String suite : TLS13_SUITES) {
                add("TLSv1.3", suite, null, link, MatrixCell.Case.FULL);
                add("TLSv1.3", suite, null, link, MatrixCell.Case.CORRUPTED);
            }
            add("TLSv1.3", TLS13_SUITES[0], null, link, MatrixCell.Case.RESUMED);
            add("TLSv1.3", TLS13_SUITES[1], null, link, MatrixCell.Case.RESUMED);
            add("TLSv1.3", TLS13_SUITES[0], null, link, MatrixCell.Case.CLIENT_AUTH);
            add("TLSv1.3", TLS13_SUITES[0], null, link, MatrixCell.Case.KEY_UPDATE);
            add("TLSv1.3", TLS13_SUITES[2], null, link, MatrixCell.Case.KEY_UPDATE);
            add("TLSv1.3", TLS13_SUITES[0], null, link, MatrixCell.Case.HELLO_RETRY);
            add("TLSv1.3", TLS13_SUITES[0], null, link, MatrixCell.Case.FRAGMENTED);
        }
        for (String group : TLS13_GROUPS) {
            add("TLSv1.3", TLS13_SUITES[0], group, MatrixCell.Link.ENGINE, MatrixCell.Case.FULL);
        }
    }

    private void upToTls12(String protocol, String[] suites) {
        MatrixCell.Link[] links = {MatrixCell.Link.SOCKET, MatrixCell.Link.ENGINE};
        for (MatrixCell.Link link : links) {
            for (String suite : suites) {
                add(protocol, suite, null, link, MatrixCell.Case.FULL);
            }
            for (MatrixCell.Case what : new MatrixCell.Case[] {
                MatrixCell.Case.RESUMED,
                MatrixCell.Case.CLIENT_AUTH,
                MatrixCell.Case.RENEGOTIATION,
                MatrixCell.Case.HELLO_REQUEST,
                MatrixCell.Case.FRAGMENTED,
                MatrixCell.Case.V2_HELLO
            }) {
                add(protocol, suites[1], null, link, what);
            }
        }
        for (MatrixCell.Link link : MatrixCell.Link.values()) {
            add(protocol, suites[1], null, link, MatrixCell.Case.CORRUPTED);
        }
        add(protocol, suites[suites.length - 2], null, MatrixCell.Link.ENGINE, MatrixCell.Case.CORRUPTED);
    }

    private void dtls(String protocol, String[] suites) {
        for (String suite : suites) {
            add(protocol, suite, null, MatrixCell.Link.ENGINE, MatrixCell.Case.FULL);
        }
        for (MatrixCell.Case what : new MatrixCell.Case[] {
            MatrixCell.Case.RESUMED,
            MatrixCell.Case.CLIENT_AUTH,
            MatrixCell.Case.FRAGMENTED,
            MatrixCell.Case.RETRANSMITTED
        }) {
            add(protocol, suites[1], null, MatrixCell.Link.ENGINE, what);
        }
        add(protocol, suites[1], null, MatrixCell.Link.DIRECT, MatrixCell.Case.FULL);
    }

    private void add(
            String protocol, String suite, @Nullable String group, MatrixCell.Link link, MatrixCell.Case what) {
        cells.add(new MatrixCell(cells.size() + 1, protocol, suite, group, link, what));
    }
}
