package dev.doorstep.simulator.device;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A page with a WebSocket, on Netty, which knows the standards without us. */
final class PadServer implements AutoCloseable {

  private final MultiThreadIoEventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ChannelGroup pages = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> origins = new CopyOnWriteArrayList<>();
  private final String contentType;
  private final int port;

  PadServer(int port, String contentType) {
    this.contentType = contentType;
    Channel listening =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Pipeline())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
    channels.add(listening);
    this.port = ((InetSocketAddress) listening.localAddress()).getPort();
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + port + "/screen/pad");
  }

  int port() {
    return port;
  }

  int watching() {
    return pages.size();
  }

  List<String> answers() {
    return answers;
  }

  List<String> origins() {
    return origins;
  }

  void send(WebSocketFrame frame) {
    pages.writeAndFlush(frame).syncUninterruptibly();
  }

  void ask(String id) {
    send(new TextWebSocketFrame(task(id)));
  }

  static String task(String id) {
    return """
        {"task":"evaluation","id":"%s","levels":[
          {"level":"VERY_SATISFIED","zh":"非常满意","en":"Very satisfied"},
          {"level":"SATISFIED","zh":"满意","en":"Satisfied"}],
         "item":"居住登记","staff":"01","unknown":null}
        """
        .formatted(id);
  }

  @Override
  public void close() {
    channels.close().syncUninterruptibly();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channels.add(channel);
      channel
          .pipeline()
          .addLast(new HttpServerCodec(), new HttpObjectAggregator(65536))
          .addLast(new Page())
          .addLast(new WebSocketServerProtocolHandler("/screen/pad/channel"))
          .addLast(new Answers());
    }
  }

  private final class Page extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (!request.uri().equals("/screen/pad")) {
        origins.add(request.headers().get(HttpHeaderNames.ORIGIN));
        context.fireChannelRead(request.retain());
        return;
      }
      DefaultFullHttpResponse page =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer("<!doctype html><p>pad", StandardCharsets.UTF_8));
      page.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
      page.headers().set(HttpHeaderNames.CONTENT_LENGTH, page.content().readableBytes());
      ChannelFuture written = context.writeAndFlush(page);
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private final class Answers extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      answers.add(frame.text());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        pages.add(context.channel());
      }
    }
  }
}
