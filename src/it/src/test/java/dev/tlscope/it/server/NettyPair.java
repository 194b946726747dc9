package dev.tlscope.it.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * {@code NettyPair PKI-DIR nio|epoll}: Netty's SslHandler with the JDK's SSLEngine at both ends; with epoll the bytes
 * do not pass through the JDK's sockets. It uses no other class and only Java 8, because its test compiles it for old
 * JDKs too.
 */
public final class NettyPair {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int COUNT = 3;

    private NettyPair() {}

    public static void main(String[] line) throws Exception {
        boolean epoll = line[1].equals("epoll");
        SslContext serving = SslContextBuilder.forServer(keys(load(line[0], "server-rsa")))
                .sslProvider(SslProvider.JDK)
                .build();
        SslContext calling = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(trust(load(line[0], "trust")))
                .endpointIdentificationAlgorithm(null)
                .build();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> server = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Class<? extends Channel> client = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, io);
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(server)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(serving.newHandler(accepted.alloc()));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        for (int i = 0; i < COUNT; i++) {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(client)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connecting) {
                            connecting.pipeline().addLast(calling.newHandler(connecting.alloc()));
                        }
                    })
                    .connect("127.0.0.1", port)
                    .sync()
                    .channel();
            channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
            int local = ((InetSocketAddress) channel.localAddress()).getPort();
            System.out.println("client 127.0.0.1:" + local + " 127.0.0.1:" + port);
            channel.close().sync();
        }
        listener.close().sync();
        group.shutdownGracefully().sync();
        System.out.println("done");
        System.exit(0);
    }

    private static KeyManagerFactory keys(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory;
    }

    private static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyStore load(String pki, String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Paths.get(pki, name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
