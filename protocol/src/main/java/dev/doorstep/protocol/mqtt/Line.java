package dev.doorstep.protocol.mqtt;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to a broker and its thread, a daemon {@code doorstep-mqtt-…}: a socket without Nagle's
 * algorithm, with which a small message would wait some 40 ms for the acknowledgement of the one
 * before, TLS where it is wanted, and packets of MQTT. The thread ends with the line.
 */
final class Line {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private static final long CUTTING_MILLIS = 200;

  /** Arrays of their own for each packet: a pool would keep megabytes for a few messages. */
  private static final UnpooledByteBufAllocator ARRAYS = new UnpooledByteBufAllocator(false, true);

  private final EventLoop loop;

  /** The thread, which starts with the first task. */
  Line(String client) {
    loop =
        new SingleThreadIoEventLoop(
            null,
            task -> {
              Thread thread = new FastThreadLocalThread(task, "doorstep-mqtt-" + client);
              thread.setDaemon(true);
              return thread;
            },
            NioIoHandler.newFactory());
  }

  /**
   * Connects, on the line's thread, which ends with it; how it goes is told to the conversation.
   */
  void connect(BrokerAddress address, Optional<Tls> tls, Conversation conversation) {
    loop.execute(
        () -> {
          try {
            // Blocks while it asks a name server; nothing else happens on this thread yet.
            InetAddress host = InetAddress.getByName(address.host());
            NioSocketChannel channel = channel();
            channel.closeFuture().addListener(closed -> stop());
            equip(channel.pipeline(), tls, conversation);
            var unused = loop.register(channel);
            channel
                .connect(new InetSocketAddress(host, address.port()))
                .addListener(
                    done -> {
                      if (!done.isSuccess()) {
                        conversation.end(done.cause());
                      }
                    });
          } catch (IOException | RuntimeException e) {
            conversation.end(e);
            stop();
          }
        });
  }

  private static NioSocketChannel channel() {
    NioSocketChannel channel = new NioSocketChannel();
    channel.config().setAllocator(ARRAYS);
    channel.config().setConnectTimeoutMillis(0); // the attempt has its own time
    // A write that fails must not close it: the broker's last words may not be read yet.
    channel.config().setAutoClose(false);
    sendAtOnce(channel);
    return channel;
  }

  /** Switches Nagle's algorithm off; a system that refuses is told of, and the line goes on. */
  static void sendAtOnce(SocketChannel channel) {
    try {
      channel.config().setTcpNoDelay(true);
    } catch (ChannelException e) {
      LOG.warn("TCP_NODELAY cannot be set, so each message may take 40 ms: {}", e.toString());
    }
  }

  /** Puts everything between bytes and conversation in its place. */
  static void equip(ChannelPipeline pipeline, Optional<Tls> tls, Conversation conversation) {
    tls.ifPresent(it -> pipeline.addLast(it.handler()));
    pipeline.addLast(
        new WholePackets(conversation::packets),
        new MqttDecoder(WholePackets.LARGEST),
        MqttEncoder.INSTANCE,
        conversation);
  }

  /**
   * Runs a task on the line's thread, at once if this is it.
   *
   * @return false if the line has ended
   */
  boolean run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return true;
    }
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void stop() {
    var unused = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
  }

  /** Waits a while for the line to end, and cuts it then; its own thread waits for nothing. */
  void end(long millis) {
    if (loop.inEventLoop()) {
      return;
    }
    try {
      if (!loop.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
        stop();
        if (!loop.awaitTermination(CUTTING_MILLIS, TimeUnit.MILLISECONDS)) {
          LOG.debug("the attempt is still resolving the broker's name; it ends after that");
        }
      }
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    }
  }
}
