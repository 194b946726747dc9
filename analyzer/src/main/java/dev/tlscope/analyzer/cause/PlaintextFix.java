package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.PlainProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about plain text on a TLS connection, by protocol and by the side that received it. */
final class PlaintextFix {
    private static final String OWN_PORT = "Connect to the server's TLS port, or turn TLS on for this one.";

    private PlaintextFix() {}

    /** For a client that received plain text from the server. */
    static List<String> ofServer(PlainProtocol.Fix fix) {
        return switch (fix) {
            case HTTP ->
                List.of(
                        "Connect to the server's https port, or use http:// (h2c, usePlaintext) for this one.",
                        "If a proxy is in between, it must open a tunnel (CONNECT) before TLS begins.");
            case STARTTLS ->
                List.of(
                        "Let the client begin in plain text and switch with STARTTLS (mail.smtp.starttls.enable, mail.imap.starttls.enable;"
                                + " FTP: AUTH TLS), or connect to the port with implicit TLS (465, 993, 995, 990).");
            case POSTGRES ->
                List.of(
                        "Let the driver ask with SSLRequest first (sslmode; pgjdbc), or turn on direct TLS at a server that has it"
                                + " (PostgreSQL 17: sslnegotiation=direct).");
            case MYSQL ->
                List.of(
                        "Use the MySQL driver's own TLS (sslMode): the server greets in plain text first, and the driver switches.");
            case TDS ->
                List.of(
                        "Use the SQL Server driver's own TLS (encrypt=true): TLS 1.2 runs inside of TDS packets; encrypt=strict needs a"
                                + " server with TDS 8.0.");
            case LDAP -> List.of("Connect to the LDAPS port (636), or use StartTLS (StartTlsRequest) on this one.");
            case SOCKS, PROXY, TUNNEL ->
                List.of(
                        "Finish the dialogue with the proxy before TLS begins: read its whole answer, up to the empty line of an HTTP"
                                + " header, and only then start the handshake.",
                        "Let the library open the tunnel, where it can (https.proxyHost, Proxy, ProxySelector).");
            case REDIS -> List.of(OWN_PORT, "Redis: tls-port in redis.conf, rediss:// in the client.");
            case BROKER, DATABASE, ZOOKEEPER, RMI, OTHER, ZEROS ->
                List.of(OWN_PORT, "If the protocol starts in plain text and switches, let the client do that first.");
        };
    }

    /**
     * For a server that received plain text from a client.
     *
     * @param peer the client's address; null where it was not captured
     */
    static List<String> ofClient(PlainProtocol.Fix fix, @Nullable String peer) {
        String who = peer == null
                ? "Find out which client it is, whose address was not captured: "
                : "Find out what runs at " + peer + ": ";
        return switch (fix) {
            case PROXY ->
                List.of(
                        "Let this listener expect the PROXY protocol (Jetty: ProxyConnectionFactory; Netty: HAProxyMessageDecoder before"
                                + " SslHandler; Undertow: proxy-protocol), or turn it off at the load balancer (send-proxy, proxy_protocol).",
                        "Where only some listeners expect it, check which port the load balancer sends it to.");
            case HTTP ->
                List.of(
                        who + "a health check, a load balancer that terminates TLS itself, an http:// link.",
                        "Have it use https, or point it to a plain-text port.");
            case STARTTLS ->
                List.of(
                        "Have the client use implicit TLS on this port, or point it to the port where TLS begins with STARTTLS.",
                        "If this service is meant to offer STARTTLS, it must not begin TLS at once.");
            case POSTGRES ->
                List.of("The client asks with SSLRequest, which a PostgreSQL server answers in plain text. Point it"
                        + " to a PostgreSQL port, or let it connect with sslnegotiation=direct (PostgreSQL 17) where"
                        + " this port terminates TLS itself.");
            case RMI ->
                List.of(
                        "Let that client use TLS for RMI: an RMI registry with TLS (com.sun.management.jmxremote.registry.ssl=true for"
                                + " JMX) is looked up with an SslRMIClientSocketFactory, in the client's environment as"
                                + " com.sun.jndi.rmi.factory.socket.",
                        "Or make the registry without TLS (com.sun.management.jmxremote.registry.ssl=false): the"
                                + " stubs that it returns keep their own socket factories.");
            case MYSQL, TDS, DATABASE, REDIS, ZOOKEEPER, BROKER, LDAP ->
                List.of(
                        "Turn TLS on in the client"
                                + (peer == null ? "; its address was not captured." : " at " + peer + "."),
                        "Where clients without TLS are meant to connect, point them to the plain-text listener.");
            case SOCKS, TUNNEL, OTHER, ZEROS ->
                List.of(
                        who + "a health check, a port scan, a load balancer, a client without TLS.",
                        "Have it use TLS, or point it to a plain-text port.");
        };
    }
}
