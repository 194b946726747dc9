package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/** Libraries with their own lists of versions and suites, found on the stack, and the setting of each. */
enum TlsLibrary {
    OKHTTP("okhttp3.", "OkHttp's ConnectionSpec (COMPATIBLE_TLS has more than the default MODERN_TLS)"),
    JETTY(
            "org.eclipse.jetty.",
            "Jetty's SslContextFactory: IncludeProtocols, ExcludeProtocols, IncludeCipherSuites, ExcludeCipherSuites"),
    REACTOR_NETTY(
            "reactor.netty.", "Reactor Netty's SslProvider, with Netty's SslContextBuilder.ciphers and .protocols"),
    VERTX("io.vertx.", "Vert.x's options: addEnabledCipherSuite, setEnabledSecureTransportProtocols"),
    CASSANDRA("org.apache.cassandra.", "Cassandra's cipher_suites and protocol"),
    KAFKA("org.apache.kafka.", "Kafka's ssl.enabled.protocols and ssl.cipher.suites"),
    ELYTRON("org.wildfly.", "WildFly's ssl-context: cipher-suite-filter, cipher-suite-names and protocols"),
    TOMCAT("org.apache.tomcat.", "Tomcat's SSLHostConfig: protocols, ciphers, cipherSuites"),
    UNDERTOW("io.undertow.", "Undertow's options: SSL_ENABLED_PROTOCOLS, SSL_ENABLED_CIPHER_SUITES"),
    HTTP_CLIENT_5("org.apache.hc.", "Apache HttpClient's TlsStrategy: setTlsVersions, setCiphers"),
    HTTP_CLIENT_4(
            "org.apache.http.",
            "Apache HttpClient's SSLConnectionSocketFactory: supportedProtocols and supportedCipherSuites, or"
                    + " useSystemProperties() with https.protocols and https.cipherSuites"),
    MINA("org.apache.mina.", "MINA's SslFilter: setEnabledProtocols, setEnabledCipherSuites"),
    NETTY("io.netty.", "Netty's SslContextBuilder: ciphers and protocols; its default list is shorter than the JDK's");

    private final String prefix;
    private final String setting;

    TlsLibrary(String prefix, String setting) {
        this.prefix = prefix;
        this.setting = setting;
    }

    /** The setting of the library on the stack; empty if no known library is on it. */
    static Optional<String> setting(Handshake handshake) {
        List<String> frames =
                handshake.frames().stream().map(Frames::withoutModule).toList();
        for (TlsLibrary library : values()) {
            if (frames.stream().anyMatch(frame -> frame.startsWith(library.prefix))) {
                return Optional.of(library.setting);
            }
        }
        return Optional.empty();
    }
}
