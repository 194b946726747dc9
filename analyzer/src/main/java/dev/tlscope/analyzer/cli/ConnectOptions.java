package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.store.Passwords;
import dev.tlscope.transport.Destination;
import dev.tlscope.transport.Starttls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of connect: where to, and with what. */
final class ConnectOptions {
    private static final int MILLIS = 1000;

    @Option(
            names = "--like",
            paramLabel = "PID|NAME",
            description = "take JDK, properties and stores of a running JVM and, if tlscope has captured in it, those"
                    + " of its last connection")
    private @Nullable String like;

    @Option(names = "--jdk", paramLabel = "HOME", description = "JDK or JRE that connects; default: this JVM's")
    private @Nullable Path jdk;

    @Option(names = "--protocols", paramLabel = "LIST", description = "enabled protocols, such as TLSv1.3,TLSv1.2")
    private @Nullable String protocols;

    @Option(names = "--ciphers", paramLabel = "LIST", description = "enabled cipher suites, by the JDK's names")
    private @Nullable String ciphers;

    @Option(names = "--groups", paramLabel = "LIST", description = "named groups, such as x25519,secp256r1")
    private @Nullable String groups;

    @Option(
            names = "--truststore",
            paramLabel = "STORE|PEM",
            description = "certificates to trust; default: the JDK's own")
    private @Nullable Path truststore;

    @Option(names = "--keystore", paramLabel = "STORE|PEM", description = "key and certificates of the client")
    private @Nullable Path keystore;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "file with passwords of the stores, one a line; repeatable")
    private List<Path> passwordFiles = new ArrayList<>();

    @Option(
            names = "--password-env",
            paramLabel = "VARIABLE",
            description = "environment variable that holds such a password; repeatable")
    private List<String> passwordVariables = new ArrayList<>();

    @Option(names = "--servername", paramLabel = "NAME", description = "server name to send (SNI); default: HOST")
    private @Nullable String serverName;

    @Option(
            names = "--identify",
            paramLabel = "https|ldaps|none",
            description = "how the certificate is compared with HOST (default https)")
    private @Nullable Identification identify;

    @Option(names = "--alpn", paramLabel = "LIST", description = "application protocols to offer, such as h2,http/1.1")
    private @Nullable String alpn;

    @Option(
            names = "--starttls",
            paramLabel = "PROTOCOL",
            description = "begin in clear: smtp, imap, pop3, ftp, ldap, postgres, mysql or xmpp")
    private @Nullable String starttls;

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "go through an HTTP proxy, by CONNECT")
    private @Nullable String proxy;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how long each step may take (default ${DEFAULT-VALUE})")
    private int timeout = 10;

    /** Rules of endpoint identification, by the JDK's names. */
    enum Identification {
        https,
        ldaps,
        none
    }

    /** Null for none. */
    @Nullable
    String like() {
        return like;
    }

    /** Null for this JVM's. */
    @Nullable
    Path jdk() {
        return jdk;
    }

    @Nullable
    Path truststore() {
        return truststore;
    }

    @Nullable
    Path keystore() {
        return keystore;
    }

    @Nullable
    String groups() {
        return groups;
    }

    /** The name that a scan sends: the JDK sends a host's only if it is no address and has a dot. */
    @Nullable
    String sentName(Destination to) {
        boolean isName = to.host().indexOf('.') > 0 && !to.host().matches("[0-9.]+|.*:.*");
        return serverName != null ? serverName : isName ? to.host() : null;
    }

    /** @throws IllegalArgumentException with a reason for the user */
    Destination destination(String hostAndPort) {
        if (timeout < 1 || timeout > 3600) {
            throw new IllegalArgumentException("--timeout is a number of seconds, from 1 to 3600");
        }
        return Destination.parse(hostAndPort, timeout * MILLIS)
                .through(proxy == null ? null : Destination.parse(proxy, timeout * MILLIS))
                .with(starttls == null ? null : dialogue(starttls));
    }

    private static Starttls dialogue(String name) {
        return Arrays.stream(Starttls.values())
                .filter(dialogue -> dialogue.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--starttls: " + name + " is none of "
                        + String.join(
                                        ", ",
                                        Arrays.stream(Starttls.values())
                                                .map(Enum::name)
                                                .toList())
                                .toLowerCase(Locale.ROOT)));
    }

    /** Puts what the user chose over what is there. */
    void put(Properties settings) {
        put(settings, "protocols", protocols);
        put(settings, "ciphers", ciphers);
        put(settings, "servername", serverName);
        put(settings, "alpn", alpn);
        Identification chosen = identify;
        if (chosen != null) {
            settings.remove("identify");
        }
        if (chosen != null && chosen != Identification.none) {
            settings.setProperty("identify", chosen.name().toUpperCase(Locale.ROOT));
        }
    }

    private static void put(Properties settings, String name, @Nullable String value) {
        if (value != null) {
            settings.setProperty(name, value.replace(" ", ""));
        }
    }

    /** @throws IllegalArgumentException with a reason for the user */
    Passwords passwords() throws IOException {
        List<char[]> given = new ArrayList<>();
        for (Path file : passwordFiles) {
            try {
                for (String line : Files.readAllLines(file)) {
                    if (!line.isEmpty()) {
                        given.add(line.toCharArray());
                    }
                }
            } catch (NoSuchFileException e) {
                throw new IllegalArgumentException("--password-file: " + file + " does not exist; check its path");
            }
        }
        for (String variable : passwordVariables) {
            String value = System.getenv(variable);
            if (value == null) {
                throw new IllegalArgumentException("--password-env: there is no variable " + variable + "; export it");
            }
            given.add(value.toCharArray());
        }
        return new Passwords(given);
    }
}
