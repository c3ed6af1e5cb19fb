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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page of each screen by name at {@code http://127.0.0.1:PORT/screen/NAME}, on loopback
 * and, where that is wanted, to paired tablets on the counter's network: from the start, or as soon
 * as this machine has its address there. One daemon thread, {@code doorstep-screen-…}. Any thread
 * may call it.
 */
public final class ScreenServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScreenServer.class);

  /** What may wait for one page to read it, in bytes; a page with more than that is closed. */
  private static final int UNREAD = 1 << 20;

  private final Map<String, ServedScreen> screens;
  private final Page page;
  private final Limits limits;
  private final Optional<Network> network;
  private final Strangers strangers = new Strangers(System::nanoTime);
  private final EventLoopGroup loop =
      new SingleThreadIoEventLoop(
          null, new DefaultThreadFactory("doorstep-screen", true), NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(loop.next(), true);
  private final ChannelGroup visitors = new DefaultChannelGroup(loop.next());
  private final List<Channel> listeners = new CopyOnWriteArrayList<>();
  private boolean closed;

  private ScreenServer(
      Map<String, ServedScreen> screens, Page page, Limits limits, Optional<Network> network) {
    this.screens = screens;
    this.page = page;
    this.limits = limits;
    this.network = network;
  }

  /**
   * Starts to serve.
   *
   * @param address where; a loopback address, with port 0 for any that is free
   * @param network where tablets come from; empty for none
   * @param names the screens, as in {@code screen:NAME}
   * @param page what their browsers get
   * @throws IOException if it cannot listen there, or on all addresses if tablets may come by any;
   *     its text says where and what to do
   * @throws IllegalArgumentException if the address is not of loopback or a name is none
   */
  public static ScreenServer start(
      InetSocketAddress address, Optional<Network> network, Collection<String> names, Page page)
      throws IOException {
    return start(address, network, names, page, Limits.USUAL);
  }

  static ScreenServer start(
      InetSocketAddress address,
      Optional<Network> network,
      Collection<String> names,
      Page page,
      Limits limits)
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
    ScreenServer server = new ScreenServer(screens, page, limits, network);
    network.ifPresent(tablets -> tablets.pairing().shutWith(server::closeTablets));
    try {
      if (network.isPresent() && network.get().everywhere()) {
        server.listen(
            new InetSocketAddress(network.get().address(), address.getPort()), network.get()::door);
      } else {
        server.listen(address, local -> new Door(Optional.empty(), local));
        network.ifPresent(
            tablets -> server.listenOnceItIsThere(tablets, true).awaitUninterruptibly());
      }
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** A network that comes up after the agent, or never, keeps the resident's screen from nobody. */
  private ChannelFuture listenOnceItIsThere(Network tablets, boolean first) {
    InetSocketAddress address = new InetSocketAddress(tablets.address(), port());
    return bind(address, tablets::door)
        .addListener(
            (ChannelFuture bound) -> {
              if (bound.isSuccess()) {
                listeners.add(bound.channel());
                log.info("tablets are served at {}", tablets.address().getHostAddress());
                return;
              }
              if (first) {
                log.warn("{}; tablets are served as soon as that works", reason(address, bound));
              }
              listenLater(tablets);
            });
  }

  private void listenLater(Network tablets) {
    Runnable again =
        () -> {
          var unused = listenOnceItIsThere(tablets, false);
        };
    if (!loop.isShuttingDown()) {
      var unused = loop.schedule(again, limits.again().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Listens at an address, too, from now on. */
  private void listen(InetSocketAddress address, Function<InetSocketAddress, Door> door)
      throws IOException {
    ChannelFuture bound = bind(address, door).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(reason(address, bound), bound.cause());
    }
    listeners.add(bound.channel());
  }

  private static String reason(InetSocketAddress address, ChannelFuture failed) {
    return "cannot serve the resident's screen at "
        + address.getAddress().getHostAddress()
        + ":"
        + address.getPort()
        + " ("
        + failed.cause().getMessage()
        + "): end the program that listens there, or set screen: {port: …} to another; its address"
        + " must be one of this machine";
  }

  /**
   * Begins to listen at an address. For any thread: nothing is waited for.
   *
   * @param door the door of a connection, by its address on this side
   */
  private ChannelFuture bind(InetSocketAddress address, Function<InetSocketAddress, Door> door) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNREAD / 2, UNREAD))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel connection) {
                admit(connection, door.apply(connection.localAddress()));
              }
            })
        .bind(address);
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) listeners.get(0).localAddress()).getPort();
  }

  /**
   * The addresses of this machine that tablets reach it at, as they stand in a URL; none where no
   * network was wanted.
   */
  public List<String> addresses() {
    return network.map(ScreenServer::addresses).orElse(List.of());
  }

  private static List<String> addresses(Network network) {
    if (!network.everywhere()) {
      return List.of(Door.literal(network.address()));
    }
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(Door::literal)
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException("the addresses of this machine cannot be told", e);
    }
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

  /** From now on every page that shows nothing else gets this text (JSON). */
  public void idle(String json) {
    screens.values().forEach(screen -> screen.idle(json));
  }

  /** Disconnects drivers and pages and frees port and thread; more than once does nothing. */
  @Override
  public void close() {
    synchronized (screens) {
      closed = true;
      screens.values().forEach(ServedScreen::close);
    }
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    connections.close().awaitUninterruptibly();
    stop(loop);
  }

  private void admit(SocketChannel connection, Door door) {
    // the last ones are kept for this machine, so that no stranger shuts the second screen out
    int room = door.pairing().isEmpty() ? limits.connections() : limits.connections() * 3 / 4;
    if (connections.size() >= room || (door.pairing().isPresent() && hasMany(connection))) {
      connection.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      return;
    }
    if (door.pairing().isPresent()) {
      visitors.add(connection);
    }
    connections.add(connection);
    HttpDecoderConfig small =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(1 << 10)
            .setMaxHeaderSize(8 << 10)
            .setMaxChunkSize(Limits.MESSAGE);
    connection
        .pipeline()
        .addLast(
            new HttpServerCodec(small), new RequestHandler(page, screens, limits, door, strangers));
  }

  /** One machine of the network is not to take what all tablets have. */
  private boolean hasMany(SocketChannel connection) {
    Optional<InetAddress> from = peer(connection);
    return from.isEmpty()
        || visitors.stream().filter(other -> peer(other).equals(from)).count()
            >= limits.connections() / 4;
  }

  /** Where it comes from; empty if it is gone already. */
  private static Optional<InetAddress> peer(Channel connection) {
    return connection.remoteAddress() instanceof InetSocketAddress from
        ? Optional.of(from.getAddress())
        : Optional.empty();
  }

  /** Their open pages alone: whoever is being answered hears the answer. */
  private void closeTablets() {
    if (loop.isShuttingDown()) {
      return; // with the pages
    }
    // by the thread that lets pages in, so that none slips through meanwhile
    loop.execute(
        () -> {
          var unused =
              visitors.close(connection -> connection.pipeline().get(PageConnection.class) != null);
        });
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
