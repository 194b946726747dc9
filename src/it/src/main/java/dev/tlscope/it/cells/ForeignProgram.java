package dev.tlscope.it.cells;

import java.util.List;

/** OpenSSL's or GnuTLS's test program with the options that the cells need. TLS 1.2 or 1.3 only. */
enum ForeignProgram {
    OPENSSL {
        @Override
        List<String> server(int port, String version, PemFiles.Pair shown) {
            return with(
                    ForeignParty.words("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-naccept", "1"),
                    option(version),
                    "-cert",
                    shown.chain(),
                    "-cert_chain",
                    shown.chain(),
                    "-key",
                    shown.key());
        }

        @Override
        List<String> client(int port, String serverName, String version, String trusted) {
            return with(
                    ForeignParty.words("openssl", "s_client", "-connect", "127.0.0.1:" + port),
                    option(version),
                    "-servername",
                    serverName,
                    "-CAfile",
                    trusted,
                    "-verify_return_error");
        }

        @Override
        String[] showing(PemFiles.Pair shown) {
            return new String[] {"-cert", shown.chain(), "-cert_chain", shown.chain(), "-key", shown.key()};
        }

        @Override
        String[] suite(String version) {
            return version.equals(CellTable.TLS13)
                    ? new String[] {"-ciphersuites", "TLS_AES_256_GCM_SHA384"}
                    : new String[] {"-cipher", "ECDHE-RSA-AES256-GCM-SHA384"};
        }

        @Override
        String[] needingClientCertificate(String trusted) {
            return new String[] {"-Verify", "3", "-verify_return_error", "-CAfile", trusted};
        }

        @Override
        String[] alpn(String protocol, boolean ofServer) {
            return new String[] {"-alpn", protocol};
        }

        @Override
        String[] onlyNamed(String name, PemFiles.Pair shown) {
            return new String[] {"-servername", name, "-servername_fatal", "-cert2", shown.chain(), "-key2", shown.key()
            };
        }
    },
    GNUTLS {
        @Override
        List<String> server(int port, String version, PemFiles.Pair shown) {
            return with(
                    ForeignParty.words("gnutls-serv", "--port=" + port, "--echo", "--quiet"),
                    "--priority=" + priority(version, ""),
                    "--x509certfile=" + shown.chain(),
                    "--x509keyfile=" + shown.key());
        }

        @Override
        List<String> client(int port, String serverName, String version, String trusted) {
            return with(
                    ForeignParty.words("gnutls-cli", "--port=" + port, "127.0.0.1"),
                    "--priority=" + priority(version, ""),
                    "--sni-hostname=" + serverName,
                    "--verify-hostname=" + serverName,
                    "--x509cafile=" + trusted);
        }

        @Override
        String[] showing(PemFiles.Pair shown) {
            return new String[] {"--x509certfile=" + shown.chain(), "--x509keyfile=" + shown.key()};
        }

        @Override
        String[] suite(String version) {
            return new String[] {"--priority=" + priority(version, ":-CIPHER-ALL:+AES-256-GCM")};
        }

        @Override
        String[] needingClientCertificate(String trusted) {
            return new String[] {"--require-client-cert", "--verify-client-cert", "--x509cafile=" + trusted};
        }

        @Override
        String[] alpn(String protocol, boolean ofServer) {
            return ofServer ? new String[] {"--alpn=" + protocol, "--alpn-fatal"} : new String[] {"--alpn=" + protocol};
        }

        @Override
        String[] onlyNamed(String name, PemFiles.Pair shown) {
            return new String[] {"--sni-hostname=" + name, "--sni-hostname-fatal"};
        }
    };

    /** A server that listens at that port of 127.0.0.1. */
    abstract List<String> server(int port, String version, PemFiles.Pair shown);

    /**
     * A client that connects to that port, requests that name, and fails unless the certificate chains to that anchor.
     */
    abstract List<String> client(int port, String serverName, String version, String trusted);

    /** Options that present a client's certificate. */
    abstract String[] showing(PemFiles.Pair shown);

    /** Options that restrict the program to one suite, which uses AES-256-GCM. */
    abstract String[] suite(String version);

    /** Options of a server that requires a client certificate of that authority. */
    abstract String[] needingClientCertificate(String trusted);

    abstract String[] alpn(String protocol, boolean ofServer);

    /** Options of a server that accepts no other name. */
    abstract String[] onlyNamed(String name, PemFiles.Pair shown);

    static List<String> with(List<String> command, String... more) {
        for (String word : more) {
            command.add(word);
        }
        return command;
    }

    private static String option(String version) {
        return version.equals(CellTable.TLS13) ? "-tls1_3" : "-tls1_2";
    }

    private static String priority(String version, String more) {
        return "NORMAL:-VERS-ALL:+VERS-TLS1." + version.substring("TLSv1.".length()) + more;
    }
}
