package dev.tlscope.it.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ConnectionMode;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.network.SslChannelBuilder;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/** {@code KafkaPair PKI-DIR}: Kafka's SslTransportLayer at both ends, as in its clients and brokers. */
public final class KafkaPair {
    private static final int BUFFER = 1 << 16;
    private static final int COUNT = 3;

    private KafkaPair() {}

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        try (Metrics metrics = new Metrics();
                Selector clients = selector(calls, ConnectionMode.CLIENT, metrics);
                Selector servers = selector(calls, ConnectionMode.SERVER, metrics);
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            for (int i = 0; i < COUNT; i++) {
                clients.connect("client-" + i, address, BUFFER, BUFFER);
                SocketChannel accepted = listener.accept();
                accepted.configureBlocking(false);
                servers.register("server-" + i, accepted);
                int client = ((InetSocketAddress) accepted.getRemoteAddress()).getPort();
                while (!clients.isChannelReady("client-" + i) || !servers.isChannelReady("server-" + i)) {
                    clients.poll(10);
                    servers.poll(10);
                }
                Calls.client(client, address.getPort());
            }
        }
        System.out.println("done");
        System.exit(0);
    }

    private static Selector selector(Calls calls, ConnectionMode mode, Metrics metrics) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("ssl.protocol", "TLSv1.3");
        settings.put("ssl.enabled.protocols", List.of("TLSv1.3", "TLSv1.2"));
        settings.put("ssl.cipher.suites", List.of());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", calls.keyStore().toString());
        settings.put("ssl.keystore.password", new Password(Calls.PASSWORD));
        settings.put("ssl.key.password", new Password(Calls.PASSWORD));
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.location", calls.trustStore().toString());
        settings.put("ssl.truststore.password", new Password(Calls.PASSWORD));
        settings.put("ssl.endpoint.identification.algorithm", "");
        settings.put("ssl.client.auth", "none");
        SslChannelBuilder builder = new SslChannelBuilder(mode, ListenerName.normalised("ssl"), false);
        builder.configure(settings);
        return new Selector(30_000, metrics, Time.SYSTEM, mode.name(), builder, new LogContext());
    }
}
