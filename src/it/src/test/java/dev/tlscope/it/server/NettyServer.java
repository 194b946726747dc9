package dev.tlscope.it.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Netty's SslHandler with the JDK's SSLEngine, below a handler that answers each request that arrived in one piece. */
final class NettyServer implements HttpsService {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Channel listener;

    NettyServer(Calls calls) throws Exception {
        SslContext context = SslContextBuilder.forServer(calls.keys())
                .sslProvider(SslProvider.JDK)
                .build();
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline()
                                .addLast(context.newHandler(accepted.alloc()))
                                .addLast(new Answers());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        listener.close().sync();
        group.shutdownGracefully().sync();
    }

    private static final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
        private final StringBuilder request = new StringBuilder();

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf read) {
            request.append(read.toString(StandardCharsets.US_ASCII));
            if (request.toString().endsWith("\r\n\r\n")) {
                request.setLength(0);
                ChannelFuture unused = context.writeAndFlush(Unpooled.copiedBuffer(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }
}
