package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from CONNECT and the subscriptions to its end; a reconnect is a new
 * one, so that nothing of the old one (packet ids, acknowledgements, windows) can be taken for the
 * new one's. Any thread; Paho's own threads are daemons if the opening thread is one.
 */
public final class BrokerConnection implements AutoCloseable {
  /** The reason with which a broker ends a connection whose client id came a second time. */
  public static final int SESSION_TAKEN_OVER = 0x8E;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final long LARGEST_PACKET = 1 << 20;
  private static final long CLOSING_MILLIS = 2000;
  private static final int MOST_UNACKNOWLEDGED = 64;

  /** What happens on a connection, told on Paho's threads. */
  public interface Events {
    /** A message of a subscription; must not throw. */
    void arrived(BrokerConnection connection, String topic, MqttMessage message);

    /**
     * The connection is gone; told once.
     *
     * @param reason the reason code of MQTT 5
     */
    void lost(BrokerConnection connection, int reason);

    /**
     * Whether each message is acknowledged by {@link #acknowledge} once it is safe, in the order of
     * arrival; otherwise it counts as safe as soon as {@link #arrived} returns.
     */
    default boolean acknowledges() {
      return false;
    }
  }

  private final MqttAsyncClient client;
  private final NoDelaySockets sockets;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private Granted granted = Granted.NOTHING;

  private BrokerConnection(MqttAsyncClient client, NoDelaySockets sockets) {
    this.client = client;
    this.sockets = sockets;
  }

  /**
   * Connects, in at most twice the login's time, and subscribes.
   *
   * @throws BrokerException with the address, if that fails
   */
  public static BrokerConnection open(
      BrokerLogin login, List<MqttSubscription> subscriptions, Events events) throws IOException {
    try {
      try {
        return attempt(login, subscriptions, events);
      } catch (MqttException e) {
        // Paho does not know "QoS not supported" (0x9B): a broker without QoS 1 refuses the will.
        if (e.getReasonCode() != MqttException.REASON_CODE_INVALID_RETURN_CODE
            || login.will().isEmpty()) {
          throw e;
        }
        return attempt(login.withWillAtQos0(), subscriptions, events);
      }
    } catch (MqttException e) {
      Wording why = Reasons.of(e, login.address());
      throw new BrokerException(Wording.of("no-connection", login.address(), why), e);
    } catch (BrokerException e) {
      throw new BrokerException(Wording.of("no-connection", login.address(), e.wording()), e);
    }
  }

  private static BrokerConnection attempt(
      BrokerLogin login, List<MqttSubscription> subscriptions, Events events)
      throws MqttException, IOException {
    NoDelaySockets sockets = NoDelaySockets.of(login);
    MqttAsyncClient client =
        new MqttAsyncClient(login.address().pahoUri(), login.clientId(), new MemoryPersistence());
    BrokerConnection connection = new BrokerConnection(client, sockets);
    client.setCallback(new PahoEvents(connection, events));
    client.setManualAcks(events.acknowledges());
    try {
      connection.begin(login, subscriptions);
      return connection;
    } catch (MqttException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private void begin(BrokerLogin login, List<MqttSubscription> subscriptions)
      throws MqttException, IOException {
    long patience = login.patience().toMillis();
    IMqttToken token = client.connect(options(login, sockets), null, new Settled());
    try {
      token.waitForCompletion(patience);
    } catch (MqttException e) {
      throw TlsFailures.beforeAnAnswer(e, login);
    }
    granted = Granted.of(token);
    if (subscriptions.isEmpty()) {
      return;
    }
    IMqttToken subscribed = client.subscribe(subscriptions.toArray(MqttSubscription[]::new));
    subscribed.waitForCompletion(patience);
    for (int code : subscribed.getReasonCodes()) {
      if (code >= 0x80) {
        throw new BrokerException(
            Wording.of(
                "no-connection",
                login.address(),
                Wording.of("subscription-refused", Reasons.of(code))));
      }
    }
  }

  private static MqttConnectionOptions options(BrokerLogin login, NoDelaySockets sockets) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(login.sessionExpiry().toSeconds());
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setMaximumPacketSize(LARGEST_PACKET);
    options.setReceiveMaximum(MOST_UNACKNOWLEDGED);
    options.setConnectionTimeout((int) login.patience().toSeconds());
    options.setSocketFactory(sockets);
    options.setAutomaticReconnect(false);
    login.username().ifPresent(options::setUserName);
    login.password().ifPresent(text -> options.setPassword(text.getBytes(StandardCharsets.UTF_8)));
    login.will().ifPresent(will -> options.setWill(will.topic(), will.message()));
    return options;
  }

  /** Why a broker refuses a message or a subscription, for people who read English. */
  public static String reasonText(int reason) {
    return Reasons.of(reason).in(Locale.ENGLISH);
  }

  /** Whether the broker still had this client's session with its subscriptions and messages. */
  public boolean sessionPresent() {
    return granted.sessionPresent();
  }

  /** How many messages may be under way to the broker without its acknowledgement. */
  public int window() {
    return granted.window();
  }

  /** The largest packet that the broker takes, in bytes. */
  public long largestPacket() {
    return granted.largestPacket();
  }

  /**
   * Tells the broker that a message is safe. A connection that is gone passes it over: the broker
   * then sends the message again on the next.
   *
   * @param messageId the message's id on this connection
   */
  public void acknowledge(int messageId) {
    try {
      client.messageArrivedComplete(messageId, 1);
    } catch (MqttException e) {
      LOG.debug("not acknowledged: {}", reason(e));
    }
  }

  /**
   * Publishes; does not block. What the broker takes at QoS 0 alone is sent so.
   *
   * @param acknowledged gets the reason code of the acknowledgement, on a thread of Paho's; is not
   *     called if the connection is lost before
   * @throws MqttException if the connection is gone
   */
  public void publish(String topic, MqttMessage message, IntConsumer acknowledged)
      throws MqttException {
    message.setQos(Math.min(message.getQos(), granted.largestQos()));
    client.publish(
        topic,
        message,
        null,
        new MqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            acknowledged.accept(codes == null || codes.length == 0 ? 0 : codes[0]);
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {
            LOG.debug("not acknowledged on this connection: {}", String.valueOf(cause));
          }
        });
  }

  /**
   * Subscribes besides; does not block.
   *
   * @param acknowledged gets the largest reason code of the acknowledgement, 128 or more if the
   *     broker refuses one of them, on a thread of Paho's; is not called if the connection is lost
   *     before
   * @throws MqttException if the connection is gone
   */
  public void subscribe(List<MqttSubscription> subscriptions, IntConsumer acknowledged)
      throws MqttException {
    client.subscribe(
        subscriptions.toArray(MqttSubscription[]::new),
        null,
        new MqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            acknowledged.accept(codes == null ? 0 : Arrays.stream(codes).max().orElse(0));
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {
            int[] codes = token.getReasonCodes();
            if (codes != null && codes.length > 0) {
              acknowledged.accept(Arrays.stream(codes).max().orElse(0));
            }
            LOG.debug("not subscribed on this connection: {}", String.valueOf(cause));
          }
        },
        new MqttProperties());
  }

  /** Gives up subscriptions, as far as the connection still stands; does not block. */
  public void unsubscribe(List<String> filters) {
    try {
      if (client.isConnected() && !filters.isEmpty()) {
        client.unsubscribe(filters.toArray(String[]::new));
      }
    } catch (MqttException e) {
      LOG.debug("not unsubscribed: {}", reason(e));
    }
  }

  /** Ends the connection; the session at the broker lives on until it expires. */
  @Override
  public void close() {
    if (ended.getAndSet(true)) {
      return;
    }
    try {
      if (client.isConnected()) {
        client.disconnect(0, null, null, 0, new MqttProperties()).waitForCompletion(CLOSING_MILLIS);
      }
    } catch (MqttException e) {
      LOG.debug("the connection did not end properly: {}", reason(e));
    }
    cut();
  }

  /** Cuts the connection without a word, so that the broker sends the will. */
  public void abort() {
    if (!ended.getAndSet(true)) {
      cut();
    }
  }

  private void cut() {
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 1, false);
      }
    } catch (MqttException e) {
      LOG.debug("the connection was gone already: {}", reason(e));
    }
    try {
      // Paho ends an attempt that has no answer yet only when its socket is closed.
      sockets.close();
      if (!settled.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("the attempt is still resolving the broker's name; it ends after that");
      }
      client.close();
    } catch (MqttException e) {
      LOG.debug("the attempt is still ending: {}", reason(e));
    } catch (IOException e) {
      LOG.warn("the connection could not be closed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the attempt ends by itself
    }
  }

  /** What Paho says of a failure, for logs. */
  static String reason(MqttException e) {
    Throwable cause = e.getCause();
    return cause == null ? e.getMessage() + " (" + e.getReasonCode() + ")" : cause.toString();
  }

  /** Tells that CONNECT has had its answer, or that Paho is done with it otherwise. */
  private final class Settled implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      settled.countDown();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      settled.countDown();
    }
  }
}
