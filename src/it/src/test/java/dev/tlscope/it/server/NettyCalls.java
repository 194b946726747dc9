package dev.tlscope.it.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;

/**
 * {@code NettyCalls nio|epoll}: Netty's SslHandler with the JDK's SSLEngine calls each kind of {@link LostPeer}, with
 * its own timeout. It uses only Java 8, because its test compiles it for old JDKs too.
 */
public final class NettyCalls {
    private static final long PATIENCE_MILLIS = 1000;

    private NettyCalls() {}

    public static void main(String[] line) throws Exception {
        boolean epoll = line[0].equals("epoll");
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm(null)
                .build();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(2, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (String way : LostPeer.WAYS) {
            Bootstrap bootstrap = new Bootstrap()
                    .group(group)
                    .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connecting) {
                            SslHandler handler = context.newHandler(connecting.alloc());
                            handler.setHandshakeTimeoutMillis(PATIENCE_MILLIS);
                            connecting.pipeline().addLast(handler);
                        }
                    });
            Channel channel =
                    bootstrap.connect("127.0.0.1", LostPeer.start(way)).sync().channel();
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            if (handler != null) {
                Future<Channel> handshake = handler.handshakeFuture().await();
                if (handshake.isSuccess()) {
                    throw new IllegalStateException("a handshake with " + way);
                }
            }
            channel.closeFuture().sync();
        }
        group.shutdownGracefully().sync();
        System.out.println("done");
    }
}
