package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
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
  private static final int MOST_UNDERWAY = 1000;

  /** What happens on a connection, told on Paho's threads. */
  public interface Events {
    /** A message of a subscription; must not throw. */
    void arrived(String topic, MqttMessage message);

    /**
     * The connection is gone; told once.
     *
     * @param reason the reason code of MQTT 5
     */
    void lost(BrokerConnection connection, int reason);
  }

  private final MqttAsyncClient client;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean sessionPresent;
  private int window;
  private long largestPacket;

  private BrokerConnection(MqttAsyncClient client) {
    this.client = client;
  }

  /**
   * Connects, in at most twice the login's time, and subscribes.
   *
   * @throws IOException with the address, if that fails
   */
  public static BrokerConnection open(
      BrokerLogin login, List<MqttSubscription> subscriptions, Events events) throws IOException {
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(login.address().pahoUri(), login.clientId(), new MemoryPersistence());
      BrokerConnection connection = new BrokerConnection(client);
      client.setCallback(connection.new Callback(events));
      try {
        connection.begin(login, subscriptions);
        return connection;
      } catch (MqttException | IOException e) {
        connection.close();
        throw e;
      }
    } catch (MqttException e) {
      throw new IOException(
          "no connection to the broker at " + login.address() + ": " + reason(e), e);
    }
  }

  private void begin(BrokerLogin login, List<MqttSubscription> subscriptions)
      throws MqttException, IOException {
    long patience = login.patience().toMillis();
    IMqttToken token = client.connect(options(login));
    token.waitForCompletion(patience);
    MqttProperties limits = token.getResponseProperties();
    sessionPresent = token.getSessionPresent();
    window =
        Math.min(MOST_UNDERWAY, Objects.requireNonNullElse(limits.getReceiveMaximum(), 65_535));
    largestPacket = Objects.requireNonNullElse(limits.getMaximumPacketSize(), Long.MAX_VALUE);
    IMqttToken subscribed = client.subscribe(subscriptions.toArray(MqttSubscription[]::new));
    subscribed.waitForCompletion(patience);
    for (int code : subscribed.getReasonCodes()) {
      if (code >= 0x80) {
        throw new IOException(
            "the broker at " + login.address() + " refuses a subscription, reason " + code);
      }
    }
  }

  private static MqttConnectionOptions options(BrokerLogin login) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(login.sessionExpiry().toSeconds());
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setMaximumPacketSize(LARGEST_PACKET);
    options.setConnectionTimeout((int) login.patience().toSeconds());
    options.setSocketFactory(new NoDelaySockets());
    options.setAutomaticReconnect(false);
    login.username().ifPresent(options::setUserName);
    login.password().ifPresent(text -> options.setPassword(text.getBytes(StandardCharsets.UTF_8)));
    login.will().ifPresent(will -> options.setWill(will.topic(), will.message()));
    return options;
  }

  /** Whether the broker still had this client's session with its subscriptions and messages. */
  public boolean sessionPresent() {
    return sessionPresent;
  }

  /** How many messages may be under way to the broker without its acknowledgement. */
  public int window() {
    return window;
  }

  /** The largest packet that the broker takes, in bytes. */
  public long largestPacket() {
    return largestPacket;
  }

  /**
   * Publishes; does not block.
   *
   * @param acknowledged gets the reason code of the acknowledgement, on a thread of Paho's; is not
   *     called if the connection is lost before
   * @throws MqttException if the connection is gone
   */
  public void publish(String topic, MqttMessage message, IntConsumer acknowledged)
      throws MqttException {
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
      client.close();
    } catch (MqttException e) {
      LOG.warn("the connection could not be closed: {}", reason(e));
    }
  }

  private static String reason(MqttException e) {
    Throwable cause = e.getCause();
    return cause == null ? e.getMessage() + " (" + e.getReasonCode() + ")" : cause.toString();
  }

  private final class Callback implements MqttCallback {
    private final Events events;

    Callback(Events events) {
      this.events = events;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException cause = response.getException();
      LOG.debug("disconnected: {}", cause == null ? response.getReasonString() : reason(cause));
      events.lost(BrokerConnection.this, response.getReturnCode());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.arrived(topic, message);
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {
      LOG.debug("the broker broke the protocol: {}", reason(e));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      LOG.trace("acknowledged");
    }

    @Override
    public void connectComplete(boolean reconnect, String uri) {
      LOG.debug("connected to {}", uri);
    }

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {
      LOG.debug("an AUTH packet is passed over, reason {}", reason);
    }
  }
}
