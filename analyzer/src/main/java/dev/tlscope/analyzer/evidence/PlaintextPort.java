package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ports that IANA's service name registry gives to protocols that speak in plain text, or begin so: a server of such a one makes
 * nothing of a ClientHello, and closes or waits.
 */
public enum PlaintextPort {
    FTP(21, "FTP", "connect to port 990 (implicit TLS), or begin in plain text and switch with AUTH TLS"),
    SSH(22, "SSH", "connect to the service that is meant: SSH is not TLS"),
    TELNET(23, "Telnet", "connect to the service that is meant"),
    SMTP(
            25,
            "SMTP",
            "begin in plain text and switch with STARTTLS (mail.smtp.starttls.enable), or connect to port 465"),
    HTTP(80, "HTTP", "connect to port 443 or the server's own https port"),
    POP3(110, "POP3", "connect to port 995, or switch with STLS (mail.pop3.starttls.enable)"),
    IMAP(143, "IMAP", "connect to port 993, or switch with STARTTLS (mail.imap.starttls.enable)"),
    LDAP(389, "LDAP", "connect to port 636 (ldaps://), or use StartTLS (StartTlsRequest) on this one"),
    SUBMISSION(587, "SMTP submission", "switch with STARTTLS (mail.smtp.starttls.enable), or connect to port 465"),
    RMI(1099, "Java RMI's registry", "look the registry up without TLS, or give the registry an SSL socket factory"),
    SQL_SERVER(1433, "SQL Server (TDS)", "use the driver's own TLS (encrypt=true), which begins inside of TDS"),
    ORACLE(1521, "Oracle Net", "connect to the listener's TCPS port (2484 by default)"),
    MQTT(1883, "MQTT", "connect to port 8883"),
    ZOOKEEPER(2181, "ZooKeeper", "connect to its secureClientPort"),
    PROXY(3128, "an HTTP proxy", "open a tunnel with CONNECT before TLS begins (https.proxyHost, Proxy)"),
    GLOBAL_CATALOG(3268, "LDAP (global catalog)", "connect to port 3269"),
    MYSQL(3306, "MySQL", "use the driver's own TLS (sslMode), which begins after the server's greeting"),
    POSTGRESQL(5432, "PostgreSQL", "let the driver ask with SSLRequest first (sslmode)"),
    AMQP(5672, "AMQP", "connect to port 5671"),
    REDIS(6379, "Redis", "connect to its tls-port"),
    HTTP_ALTERNATE(8080, "HTTP", "connect to the server's https port"),
    CASSANDRA(9042, "Cassandra (CQL)", "turn client_encryption_options on at the server, or TLS off in the driver"),
    KAFKA(9092, "Kafka", "connect to the listener of security protocol SSL or SASL_SSL"),
    MEMCACHED(11211, "memcached", "connect to its TLS port"),
    MONGODB(27017, "MongoDB", "turn net.tls on at the server, or tls off in the connection string");

    private final int number;
    private final String protocol;
    private final String fix;

    PlaintextPort(int number, String protocol, String fix) {
        this.number = number;
        this.protocol = protocol;
        this.fix = fix;
    }

    /** That of an address such as {@code 192.0.2.1:389}; empty when its port is another. */
    public static Optional<PlaintextPort> of(@Nullable String address) {
        String port = address == null ? "" : address.substring(address.lastIndexOf(':') + 1);
        return Arrays.stream(values())
                .filter(known -> port.equals(String.valueOf(known.number)))
                .findFirst();
    }

    /** As evidence. */
    public Evidence evidence() {
        return new Evidence("port", number + ", by its number that of " + protocol + " without TLS");
    }

    /** What helps, as a sentence. */
    public String fix() {
        return "Port " + number + " is that of " + protocol + ", which does not begin with TLS: " + fix + ".";
    }
}
