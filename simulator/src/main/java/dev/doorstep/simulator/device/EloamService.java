package dev.doorstep.simulator.device;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A document camera behind its vendor's service: a WebSocket on 127.0.0.1 that takes requests in
 * JSON and pushes pictures. It shows a generated page on a desk until it is shown something else.
 */
public final class EloamService implements Cable {
  private static final int LARGEST_REQUEST = 1 << 16;
  private static final long ENDING_MILLIS = 2000;

  private final Scene scene = new Scene();
  private int port;
  private @Nullable EventLoopGroup loop;
  private @Nullable Channel listener;
  private @Nullable ChannelGroup connections;

  /** What every connection sees; any thread. */
  static final class Scene {
    private byte[] jpeg = new byte[0];
    volatile @Nullable EloamFault fault;
    volatile int mostPushed = Integer.MAX_VALUE;
    volatile Duration between = Duration.ofMillis(100);
    final AtomicInteger open = new AtomicInteger();

    /** The picture; the first one is made when somebody wants it. */
    synchronized byte[] picture() {
      if (jpeg.length == 0) {
        show(DocumentPage.specimen().onDesk());
      }
      return jpeg;
    }

    synchronized void show(BufferedImage picture) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        ImageIO.write(picture, "jpeg", bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      jpeg = bytes.toByteArray();
    }
  }

  private EloamService(int port) {
    this.port = port;
  }

  /**
   * Starts a service whose camera looks at {@link DocumentPage#specimen()}.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  public static EloamService start(int port) {
    EloamService service = new EloamService(port);
    service.start();
    return service;
  }

  /** The port, the same after a stop and a start. */
  public synchronized int port() {
    return port;
  }

  /** Lets the camera see another picture, from the next one on. It is encoded here, once. */
  public void show(BufferedImage picture) {
    scene.show(picture);
  }

  /**
   * How many pictures an open camera pushes, and how fast.
   *
   * @param most then none comes any more
   */
  public void pushes(int most, Duration between) {
    scene.mostPushed = most;
    scene.between = between;
  }

  /** Lets a fault happen from now on, in place of any before. */
  public void fault(EloamFault fault) {
    scene.fault = fault;
  }

  /** Ends the fault. */
  public void clear() {
    scene.fault = null;
  }

  /** How many cameras are open: a program that has left should have closed its own. */
  public int open() {
    return scene.open.get();
  }

  /** Whether a program is connected. */
  public synchronized boolean connected() {
    return connections != null && connections.size() > 0;
  }

  @Override
  public synchronized void start() {
    if (listener != null) {
      return;
    }
    EventLoopGroup threads =
        new SingleThreadIoEventLoop(
            null, new DefaultThreadFactory("doorstep-eloam", true), NioIoHandler.newFactory());
    ChannelGroup all = new DefaultChannelGroup(threads.next(), true);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    all.add(connection);
                    connection
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(LARGEST_REQUEST),
                            new WebSocketServerProtocolHandler("/", null, false, LARGEST_REQUEST),
                            new EloamAnswers(scene));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
    loop = threads;
    connections = all;
    if (!bound.isSuccess()) {
      stop();
      throw new UncheckedIOException(
          new IOException("cannot listen on 127.0.0.1:" + port, bound.cause()));
    }
    listener = bound.channel();
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  @Override
  public synchronized void stop() {
    if (listener != null) {
      listener.close().awaitUninterruptibly();
    }
    if (connections != null) {
      connections.close().awaitUninterruptibly();
    }
    if (loop != null) {
      loop.shutdownGracefully(0, ENDING_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
    listener = null;
    connections = null;
    loop = null;
  }

  @Override
  public synchronized boolean started() {
    return listener != null;
  }

  @Override
  public void close() {
    stop();
  }
}
