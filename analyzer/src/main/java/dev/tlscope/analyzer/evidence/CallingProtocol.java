package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import java.util.Arrays;
import java.util.Optional;

/**
 * The protocol inside of TLS, by the library whose code stands above the handshake. Servers of these speak plain text unless TLS is
 * configured, and close when they meet a ClientHello.
 */
public enum CallingProtocol {
    RMI(
            "Java RMI",
            "look up without SslRMIClientSocketFactory, or give the registry TLS: for JMX"
                    + " -Dcom.sun.management.jmxremote.registry.ssl=true at the server; an object that is exported without"
                    + " SslRMIServerSocketFactory takes no TLS either",
            "sun.rmi.transport."),
    MONGODB(
            "MongoDB",
            "turn net.tls on at the server, or tls=false in the connection string (mongodb+srv turns it on)",
            "com.mongodb."),
    KAFKA(
            "Kafka",
            "give this client the listener of security protocol SSL or SASL_SSL, or set security.protocol to that of this one,"
                    + " PLAINTEXT or SASL_PLAINTEXT",
            "org.apache.kafka."),
    ZOOKEEPER(
            "ZooKeeper",
            "use the server's secureClientPort, or turn zookeeper.client.secure off",
            "org.apache.zookeeper."),
    LDAP("LDAP", "use ldaps:// with the port of TLS (636), or StartTLS with that of plain LDAP", "com.sun.jndi.ldap."),
    MAIL(
            "mail",
            "use the protocol without TLS (smtp, imap, pop3) with mail.PROTOCOL.starttls.enable, or the port of implicit TLS"
                    + " (465, 993, 995)",
            "com.sun.mail.",
            "org.eclipse.angus.mail."),
    CASSANDRA(
            "Cassandra (CQL)",
            "turn client_encryption_options on at the server, or TLS off in the driver",
            "com.datastax.oss.driver.",
            "com.datastax.driver."),
    REDIS(
            "Redis",
            "use the server's tls-port, or redis:// in the place of rediss://",
            "redis.clients.jedis.",
            "io.lettuce."),
    AMQP(
            "AMQP",
            "use the server's port of TLS (5671), or amqp:// in the place of amqps://",
            "com.rabbitmq.client.",
            "org.apache.qpid."),
    MQTT("MQTT", "use the server's port of TLS (8883), or tcp:// in the place of ssl://", "org.eclipse.paho."),
    ELASTICSEARCH(
            "Elasticsearch",
            "turn TLS on at the server (xpack.security.http.ssl.enabled), or use http:// in the place of https://",
            "org.elasticsearch.client.",
            "org.opensearch.client.");

    private final String protocol;
    private final String fix;
    /** Beginnings of class names, separated by blanks. */
    private final String packages;

    CallingProtocol(String protocol, String fix, String... packages) {
        this.protocol = protocol;
        this.fix = fix;
        this.packages = String.join(" ", packages);
    }

    /** By the stack of the failure; empty where none of these is in it. */
    public static Optional<CallingProtocol> of(Handshake handshake) {
        return Arrays.stream(values())
                .filter(known -> handshake.frames().stream().anyMatch(known::isIn))
                .findFirst();
    }

    private boolean isIn(String frame) {
        String plain = Frames.withoutModule(frame);
        return Arrays.stream(packages.split(" ", -1)).anyMatch(plain::startsWith);
    }

    /** As evidence. */
    public Evidence evidence() {
        return new Evidence("protocol inside of TLS", protocol + ", by the code that began the handshake");
    }

    /** Where a client of this protocol has an address from, as what helps; empty where it is the application's own choice. */
    public Optional<String> originOfHost() {
        return this == RMI
                ? Optional.of(
                        "The address stands in the stub that the registry gave: start the JVM that exports the object with"
                                + " -Djava.rmi.server.hostname=NAME, a name of its certificate.")
                : this == KAFKA
                        ? Optional.of(
                                "After the bootstrap servers, the address is what the broker advertises: set advertised.listeners"
                                        + " there to a name of its certificate.")
                        : Optional.empty();
    }

    /** What helps when the server has no TLS, as a sentence. */
    public String fix() {
        return "Check whether this server's port has TLS at all, since it answered nothing: " + fix + ".";
    }
}
