package dev.tlscope.it.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/**
 * {@code PlaintextCalls PKI-DIR SERVER [PROTOCOL]}: clients that speak other protocols in plain text to a TLS server; prints {@code sent PROTOCOL
 * ADDRESS} of each. With NettyServer a Netty client also meets a server without TLS: {@code met PORT}.
 */
public final class PlaintextCalls {
    private static final int PATIENCE_MILLIS = 2_000;

    private static final Map<String, byte[]> PROTOCOLS = new LinkedHashMap<>();

    static {
        PROTOCOLS.put("HTTP", ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        PROTOCOLS.put("PROXY 1", ascii("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n"));
        PROTOCOLS.put("PROXY 2", HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000201c0000202dc0401bb"));
        PROTOCOLS.put("CQL", HexFormat.of().parseHex("0400000001000000160001000b43514c5f56455253494f4e0005332e302e30"));
        PROTOCOLS.put("MQTT", HexFormat.of().parseHex("104c00044d5154540402003c00406162636465666768"));
    }

    private PlaintextCalls() {}

    public static void main(String[] line) {
        try {
            Calls calls = new Calls(line[0]);
            HttpsService server = HttpsService.start(calls, line[1]);
            greet(calls, server.port());
            boolean all = line.length < 3;
            for (Map.Entry<String, byte[]> protocol : PROTOCOLS.entrySet()) {
                if (all || protocol.getKey().equals(line[2])) {
                    send(server.port(), protocol.getKey(), protocol.getValue());
                }
            }
            if (all && line[1].equals("NettyServer")) {
                meet(calls);
            }
            server.stop();
            System.out.println("done");
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // a server's threads would keep the JVM
        }
    }

    /** A handshake, with which the agent detects that this JVM uses engines, and watches sockets from then on. */
    private static void greet(Calls calls, int port) throws Exception {
        try (SSLSocket socket = (SSLSocket) calls.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
        }
    }

    /** Sends it, and waits until the server closes; Jetty and others do so at a timeout of their own, which is not waited for. */
    private static void send(int port, String protocol, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            System.out.println("sent " + protocol + " 127.0.0.1:" + socket.getLocalPort());
            socket.getOutputStream().write(bytes);
            while (socket.getInputStream().read() >= 0) {
                // an alert, if the server sends one
            }
        } catch (IOException reset) {
            // by the server, which has left bytes unread, or a timeout
        }
    }

    private static void meet(Calls calls) throws Exception {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(calls.trust())
                .build();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> answer(listener));
            plain.start();
            System.out.println("met 127.0.0.1:" + listener.getLocalPort());
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connecting) {
                            connecting.pipeline().addLast(context.newHandler(connecting.alloc()));
                        }
                    })
                    .connect("127.0.0.1", listener.getLocalPort())
                    .sync()
                    .channel();
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            if (handler != null && handler.handshakeFuture().await().isSuccess()) {
                throw new IllegalStateException("a handshake with a server without TLS");
            }
            channel.closeFuture().sync();
            plain.join();
        }
        group.shutdownGracefully().sync();
    }

    private static void answer(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write(ascii("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
            while (socket.getInputStream().read() >= 0) {
                // the rest of the ClientHello
            }
        } catch (IOException e) {
            // the client has closed
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
