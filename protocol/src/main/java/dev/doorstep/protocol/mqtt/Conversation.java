package dev.doorstep.protocol.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of MQTT 5 on one connection: CONNECT and SUBSCRIBE, then messages both ways, to
 * the end, which is told once. On the connection's thread alone.
 */
final class Conversation extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final long LAST_WORDS_MILLIS = 1000;
  private static final int REFUSED = 0x80;

  /** How far it has come. */
  enum Phase {
    /** Nobody has answered at all. */
    CONNECTING,
    /** TLS has begun. */
    SHAKING,
    /** CONNECT and the subscriptions are answered. */
    ASKING
  }

  /** Who has the conversation. */
  interface Owner {
    /** The broker has let the client in. */
    void granted(Granted granted);

    /** What was to be subscribed to is. */
    void ready();

    /** A message came. */
    void arrived(Message message);

    /** It is over, after {@link #ready} or before. */
    void ended(Throwable cause);
  }

  private final BrokerLogin login;
  private final List<Subscription> subscriptions;
  private final Owner owner;
  private final boolean acknowledges;
  private final KeepAlive keepAlive =
      new KeepAlive(this::ping, () -> end(Ending.broken(Ending.KEEP_ALIVE_TIMEOUT, "silence")));
  private final Sending sending = new Sending(keepAlive);
  private @Nullable ChannelHandlerContext context;
  private @Nullable Granted granted;
  private volatile Phase phase = Phase.CONNECTING;
  private @Nullable Throwable failure;
  private long packets;
  private boolean ended;

  /**
   * Not begun.
   *
   * @param acknowledges whether the owner acknowledges messages itself
   */
  Conversation(
      BrokerLogin login, List<Subscription> subscriptions, Owner owner, boolean acknowledges) {
    this.login = login;
    this.subscriptions = List.copyOf(subscriptions);
    this.owner = owner;
    this.acknowledges = acknowledges;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    sending.begin(ctx);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (login.address().secured()) {
      phase = Phase.SHAKING;
    } else {
      ask();
    }
  }

  private void ask() {
    phase = Phase.ASKING;
    sending.write(Packets.connect(login));
  }

  /** How far it has come; any thread. */
  Phase phase() {
    return phase;
  }

  /** How many packets came. */
  long packets() {
    return packets;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent shaken && shaken.isSuccess()) {
      ask();
    } else if (event instanceof SslHandshakeCompletionEvent shaken) {
      end(shaken.cause());
    } else if (event instanceof ChannelOutputShutdownEvent) {
      // The broker went. Why it did may stand among what is not read yet.
      var unused =
          ctx.executor().schedule(this::fallSilent, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object packet) throws Ending {
    try {
      sending.hold();
      packets++;
      keepAlive.heard();
      if (!ended) {
        read((MqttMessage) packet);
      }
    } finally {
      ReferenceCountUtil.release(packet);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    sending.flush();
  }

  private void read(MqttMessage packet) throws Ending {
    MqttFixedHeader head = packet.fixedHeader();
    if (packet.decoderResult().isFailure()) {
      if (head != null && head.messageType() == MqttMessageType.CONNACK && granted == null) {
        throw Ending.refusedSomehow();
      }
      throw Ending.broken(
          Ending.MALFORMED, String.valueOf(packet.decoderResult().cause().getMessage()));
    }
    MqttMessageType type = head.messageType();
    if ((type == MqttMessageType.CONNACK) != (granted == null)
        && type != MqttMessageType.DISCONNECT) {
      throw Ending.broken(Ending.PROTOCOL_ERROR, "a " + type + " out of turn");
    }
    switch (type) {
      case CONNACK -> connected((MqttConnAckVariableHeader) packet.variableHeader());
      case PUBLISH -> arrived(Packets.message((MqttPublishMessage) packet));
      case PUBACK -> {
        MqttPubReplyMessageVariableHeader answer =
            (MqttPubReplyMessageVariableHeader) packet.variableHeader();
        sending.acknowledged(answer.messageId(), answer.reasonCode() & 0xFF);
      }
      case SUBACK -> subscribed((MqttSubAckMessage) packet);
      case UNSUBACK ->
          sending.answered(((MqttMessageIdVariableHeader) packet.variableHeader()).messageId(), 0);
      case PINGRESP -> sending.pinged();
      case DISCONNECT -> throw Ending.told(reason(packet.variableHeader()));
      default -> throw Ending.broken(Ending.PROTOCOL_ERROR, "a " + type);
    }
  }

  private static int reason(@Nullable Object header) {
    return header instanceof MqttReasonCodeAndPropertiesVariableHeader told
        ? told.reasonCode() & 0xFF
        : 0;
  }

  private void connected(MqttConnAckVariableHeader answer) throws Ending {
    int reason = answer.connectReturnCode().byteValue() & 0xFF;
    if (reason != 0) {
      throw Ending.refused(reason);
    }
    Granted limits = Granted.of(answer);
    granted = limits;
    sending.limit(limits);
    owner.granted(limits);
    if (context != null) {
      keepAlive.begin(context, limits.keepAlive());
    }
    if (subscriptions.isEmpty()) {
      owner.ready();
    } else {
      sending.subscribe(
          subscriptions,
          worst -> {
            if (worst >= REFUSED) {
              end(Ending.notSubscribed(worst));
            } else {
              owner.ready();
            }
          });
    }
  }

  private void arrived(Message message) {
    try {
      owner.arrived(message);
    } catch (RuntimeException e) {
      LOG.error("a message to {} was not taken", message.topic(), e); // and comes again
      return;
    }
    if (message.qos() > 0 && !acknowledges) {
      sending.acknowledge(message.id());
    }
  }

  private void subscribed(MqttSubAckMessage answer) {
    int worst = answer.payload().reasonCodes().stream().mapToInt(code -> code).max().orElse(0);
    sending.answered(answer.variableHeader().messageId(), worst);
  }

  private void ping() {
    sending.ping(() -> LOG.trace("the broker is there"));
  }

  /** What goes out. */
  Sending sending() {
    return sending;
  }

  /** Leaves: the broker forgets the will. */
  void leave() {
    if (granted == null) {
      cut();
    } else {
      close(0);
    }
  }

  /** Goes without a word, so that the broker sends the will. */
  void cut() {
    ended = true;
    keepAlive.end();
    sending.end();
  }

  private void close(int reason) {
    if (!ended) {
      ended = true;
      keepAlive.end();
      sending.end(reason);
    }
  }

  /** Ends for a reason, unless it has ended. */
  void end(Throwable why) {
    if (ended) {
      return;
    }
    Throwable cause =
        why instanceof IOException ? why : Ending.broken(Ending.MALFORMED, why.toString());
    if (cause instanceof Ending known && known.isOurs() && granted != null) {
      close(known.reason());
    } else {
      cut();
    }
    owner.ended(cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    boolean told =
        cause instanceof Ending
            || cause instanceof BrokerException
            || cause instanceof SSLException;
    if (told || !(cause instanceof IOException)) {
      end(cause);
    } else if (failure == null) {
      failure = cause; // of the line, which ends by itself, maybe after the broker's last words
      LOG.debug("the connection fails: {}", cause.toString());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fallSilent();
  }

  private void fallSilent() {
    end(failure == null ? new ClosedChannelException() : failure);
  }
}
