package dev.doorstep.driver.transport.screen;

import dev.doorstep.driver.transport.Screen;
import dev.doorstep.protocol.Names;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page of each screen by name at {@code http://127.0.0.1:PORT/screen/NAME}, on loopback
 * alone. One daemon thread, {@code doorstep-screen-…}. Any thread may call it.
 */
public final class ScreenServer implements AutoCloseable {
  /** What may wait for one page to read it, in bytes; a page with more than that is closed. */
  private static final int UNREAD = 1 << 20;

  private final Map<String, ServedScreen> screens;
  private final ChannelGroup connections;
  private final EventLoopGroup loop;
  private final Channel listener;
  private boolean closed;

  private ScreenServer(
      Map<String, ServedScreen> screens,
      ChannelGroup connections,
      EventLoopGroup loop,
      Channel listener) {
    this.screens = screens;
    this.connections = connections;
    this.loop = loop;
    this.listener = listener;
  }

  /**
   * Starts to serve.
   *
   * @param address where; a loopback address, with port 0 for any that is free
   * @param names the screens, as in {@code screen:NAME}
   * @param page what their browsers get
   * @throws IOException if it cannot listen there; its text says where and what to do
   * @throws IllegalArgumentException if the address is not of loopback or a name is none
   */
  public static ScreenServer start(InetSocketAddress address, Collection<String> names, Page page)
      throws IOException {
    return start(address, names, page, Limits.USUAL);
  }

  static ScreenServer start(
      InetSocketAddress address, Collection<String> names, Page page, Limits limits)
      throws IOException {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "the resident's screen is served on loopback alone, not on " + address);
    }
    Map<String, ServedScreen> screens = new HashMap<>();
    for (String name : names) {
      screens.put(
          Names.check("a screen", name), new ServedScreen(name, page.idle(), limits.pages()));
    }
    EventLoopGroup loop =
        new SingleThreadIoEventLoop(
            null, new DefaultThreadFactory("doorstep-screen", true), NioIoHandler.newFactory());
    ChannelGroup connections = new DefaultChannelGroup(loop.next(), true);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNREAD / 2, UNREAD))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    admit(connection, connections, limits, page, screens);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stop(loop);
      throw new IOException(
          "cannot serve the resident's screen at "
              + address.getAddress().getHostAddress()
              + ":"
              + address.getPort()
              + " ("
              + bound.cause().getMessage()
              + "): end the program that listens there, or set screen: {port: …} to another",
          bound.cause());
    }
    return new ScreenServer(screens, connections, loop, bound.channel());
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * Hands a screen to a driver. Who got it before is disconnected, so that a device that is opened
   * again need not wait for its earlier life to end.
   *
   * @return empty if no screen of that name is served, or not any more
   */
  public Optional<Screen> screen(String name) {
    synchronized (screens) {
      return closed
          ? Optional.empty()
          : Optional.ofNullable(screens.get(name)).map(ServedScreen::lease);
    }
  }

  /** Disconnects drivers and pages and frees port and thread; more than once does nothing. */
  @Override
  public void close() {
    synchronized (screens) {
      closed = true;
      screens.values().forEach(ServedScreen::close);
    }
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    stop(loop);
  }

  private static void admit(
      SocketChannel connection,
      ChannelGroup connections,
      Limits limits,
      Page page,
      Map<String, ServedScreen> screens) {
    if (connections.size() >= limits.connections()) {
      connection.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      return;
    }
    connections.add(connection);
    HttpDecoderConfig small =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(1 << 10)
            .setMaxHeaderSize(8 << 10)
            .setMaxChunkSize(Limits.MESSAGE);
    connection
        .pipeline()
        .addLast(new HttpServerCodec(small), new RequestHandler(page, screens, limits));
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
