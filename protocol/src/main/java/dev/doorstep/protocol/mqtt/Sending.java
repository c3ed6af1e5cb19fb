package dev.doorstep.protocol.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes out on one connection, within the broker's limits, and who waits for its answers. What
 * is written while something is read, or by tasks that wait already, leaves together, in one call
 * of the system. On the connection's thread alone.
 */
final class Sending {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private final KeepAlive keepAlive;
  private final Unanswered unanswered = new Unanswered();
  private final ArrayDeque<Publication> held = new ArrayDeque<>();
  private final ArrayDeque<Runnable> pings = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Granted limits;
  private boolean ended;
  private boolean reading;
  private boolean unflushed;

  /** Nothing yet; each packet counts as a sign of life. */
  Sending(KeepAlive keepAlive) {
    this.keepAlive = keepAlive;
  }

  /** From now on something can be written. */
  void begin(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** From now on messages can be sent. */
  void limit(Granted granted) {
    limits = granted;
  }

  /** Something is read: what is written until {@link #flush} waits for it. */
  void hold() {
    reading = true;
  }

  /** All that was written leaves. */
  void flush() {
    reading = false;
    if (unflushed && context != null) {
      unflushed = false;
      context.flush();
    }
  }

  /** Sends a message, or holds it back until there is room in the broker's window. */
  void publish(Publication message) {
    Granted granted = limits;
    if (ended || granted == null) {
      return; // lost meanwhile, which is told
    }
    if (message.size() > granted.largestPacket()) {
      tell(message.acknowledged(), Ending.TOO_LARGE); // as the broker would, and end the connection
    } else if (message.isAcknowledged() && unanswered.messages() >= granted.window()) {
      held.add(message);
    } else {
      send(message);
    }
  }

  private void send(Publication message) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return;
    }
    ChannelPromise last = ctx.voidPromise();
    byte[] head = message.head();
    if (message.isAcknowledged()) {
      head = message.head(unanswered.message(message.acknowledged()));
    } else {
      last = ctx.newPromise();
      last.addListener(
          sent -> {
            if (sent.isSuccess()) {
              tell(message.acknowledged(), 0);
            }
          });
    }
    byte[] payload = message.payload();
    if (payload == null) {
      put(ctx, Unpooled.wrappedBuffer(head), last);
    } else {
      put(ctx, Unpooled.wrappedBuffer(head), ctx.voidPromise());
      put(ctx, Unpooled.wrappedBuffer(payload), last);
    }
  }

  /** The broker has a message, or refuses it. */
  void acknowledged(int id, int reason) {
    IntConsumer waiting = unanswered.acknowledged(id);
    Publication next = waiting == null ? null : held.poll();
    if (next != null) {
      send(next);
    }
    tell(waiting, reason);
  }

  /** The broker answers anything else. */
  void answered(int id, int reason) {
    tell(unanswered.answered(id), reason);
  }

  private static void tell(@Nullable IntConsumer waiting, int reason) {
    if (waiting == null) {
      LOG.debug("an answer to nothing");
      return;
    }
    try {
      waiting.accept(reason);
    } catch (RuntimeException e) {
      LOG.error("an answer of the broker was not taken", e);
    }
  }

  /** Sends a PINGREQ; its answer says that the broker has read everything before it. */
  void ping(Runnable answered) {
    if (!ended) {
      pings.add(answered);
      write(MqttMessage.PINGREQ);
    }
  }

  /** The broker answers the oldest PINGREQ. */
  void pinged() {
    Runnable waiting = pings.poll();
    tell(waiting == null ? null : reason -> waiting.run(), 0);
  }

  /** Tells the broker that a message is safe. */
  void acknowledge(int id) {
    write(Packets.acknowledgement(id));
  }

  /** Subscribes; the answer gets the largest reason code. */
  void subscribe(List<Subscription> filters, IntConsumer answer) {
    if (!ended) {
      write(Packets.subscribe(unanswered.other(answer), filters));
    }
  }

  /** Gives up subscriptions. */
  void unsubscribe(List<String> filters) {
    if (!ended) {
      write(Packets.unsubscribe(unanswered.other(reason -> {}), filters));
    }
  }

  /** Sends a packet, unless it has ended. */
  void write(Object packet) {
    ChannelHandlerContext ctx = context;
    if (ctx == null || ended) {
      ReferenceCountUtil.release(packet);
    } else {
      put(ctx, packet, ctx.voidPromise());
    }
  }

  private void put(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
    var unused = ctx.write(packet, promise);
    keepAlive.said();
    if (!unflushed) {
      unflushed = true;
      if (!reading) {
        ctx.executor().execute(this::flush);
      }
    }
  }

  /** Closes the connection at once. */
  void end() {
    ended = true;
    held.clear();
    if (context != null) {
      var unused = context.close();
    }
  }

  /** Tells the broker why, and closes the connection after that. */
  void end(int reason) {
    ended = true;
    held.clear();
    if (context != null) {
      var unused =
          context
              .writeAndFlush(Packets.disconnect(reason))
              .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
