package dev.tlscope.it.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The coverage matrix, the same for every JDK: what one lacks is told as not applicable when it is run. */
final class Cells {
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

    private final List<Cell> cells = new ArrayList<>();

    private Cells() {}

    static List<Cell> all() {
        Cells made = new Cells();
        made.tls13();
        made.upToTls12("TLSv1.2", TLS12_SUITES);
        made.upToTls12("TLSv1.1", OLD_SUITES);
        made.upToTls12("TLSv1", OLD_SUITES);
        made.dtls("DTLSv1.2", TLS12_SUITES);
        made.dtls("DTLSv1.0", OLD_SUITES);
        return made.cells;
    }

    private void tls13() {
        for (Cell.Link link : Cell.Link.values()) {
            for (String suite : TLS13_SUITES) {
                add("TLSv1.3", suite, null, link, Cell.Case.FULL);
                add("TLSv1.3", suite, null, link, Cell.Case.CORRUPTED);
            }
            add("TLSv1.3", TLS13_SUITES[0], null, link, Cell.Case.RESUMED);
            add("TLSv1.3", TLS13_SUITES[1], null, link, Cell.Case.RESUMED);
            add("TLSv1.3", TLS13_SUITES[0], null, link, Cell.Case.CLIENT_AUTH);
            add("TLSv1.3", TLS13_SUITES[0], null, link, Cell.Case.KEY_UPDATE);
            add("TLSv1.3", TLS13_SUITES[2], null, link, Cell.Case.KEY_UPDATE);
            add("TLSv1.3", TLS13_SUITES[0], null, link, Cell.Case.HELLO_RETRY);
            add("TLSv1.3", TLS13_SUITES[0], null, link, Cell.Case.FRAGMENTED);
        }
        for (String group : TLS13_GROUPS) {
            add("TLSv1.3", TLS13_SUITES[0], group, Cell.Link.ENGINE, Cell.Case.FULL);
        }
    }

    private void upToTls12(String protocol, String[] suites) {
        Cell.Link[] links = {Cell.Link.SOCKET, Cell.Link.ENGINE};
        for (Cell.Link link : links) {
            for (String suite : suites) {
                add(protocol, suite, null, link, Cell.Case.FULL);
            }
            for (Cell.Case what : new Cell.Case[] {
                Cell.Case.RESUMED,
                Cell.Case.CLIENT_AUTH,
                Cell.Case.RENEGOTIATION,
                Cell.Case.HELLO_REQUEST,
                Cell.Case.FRAGMENTED,
                Cell.Case.V2_HELLO
            }) {
                add(protocol, suites[1], null, link, what);
            }
        }
        for (Cell.Link link : Cell.Link.values()) {
            add(protocol, suites[1], null, link, Cell.Case.CORRUPTED);
        }
        add(protocol, suites[suites.length - 2], null, Cell.Link.ENGINE, Cell.Case.CORRUPTED);
    }

    private void dtls(String protocol, String[] suites) {
        for (String suite : suites) {
            add(protocol, suite, null, Cell.Link.ENGINE, Cell.Case.FULL);
        }
        for (Cell.Case what :
                new Cell.Case[] {Cell.Case.RESUMED, Cell.Case.CLIENT_AUTH, Cell.Case.FRAGMENTED, Cell.Case.RETRANSMITTED
                }) {
            add(protocol, suites[1], null, Cell.Link.ENGINE, what);
        }
        add(protocol, suites[1], null, Cell.Link.DIRECT, Cell.Case.FULL);
    }

    private void add(String protocol, String suite, @Nullable String group, Cell.Link link, Cell.Case what) {
        cells.add(new Cell(cells.size() + 1, protocol, suite, group, link, what));
    }
}
