package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from CONNECT and the subscriptions to its end; a reconnect is a new
 * one, so that nothing of the old one (packet ids, acknowledgements, windows) can be taken for the
 * new one's. Any thread may use it; it has one of its own, a daemon that ends with it.
 */
public final class BrokerConnection implements AutoCloseable {
  /** The reason with which a broker ends a connection whose client id came a second time. */
  public static final int SESSION_TAKEN_OVER = 0x8E;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
  private static final long CLOSING_MILLIS = 2000;
  private static final long CUTTING_MILLIS = 500;

  /** What happens on a connection, told on its thread, which must not be held up. */
  public interface Events {
    /** A message of a subscription; must not throw. */
    void arrived(BrokerConnection connection, Message message);

    /**
     * The connection is gone, and this side has not closed it; told once, maybe as it is opened.
     *
     * @param reason the reason code of MQTT 5: the broker's, or the one for what went wrong
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

  private final Events events;
  private final Line line;
  private final Conversation conversation;
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private volatile Granted granted = Granted.NOTHING;
  private volatile boolean gone;

  private BrokerConnection(BrokerLogin login, List<Subscription> subscriptions, Events events) {
    this.events = events;
    this.line = new Line(login.clientId());
    this.conversation = new Conversation(login, subscriptions, new Fate(), events.acknowledges());
  }

  /**
   * Connects and subscribes, all within the login's time.
   *
   * @throws BrokerException with the address, if that fails
   */
  public static BrokerConnection open(
      BrokerLogin login, List<Subscription> subscriptions, Events events) throws IOException {
    Optional<Tls> tls = Optional.empty();
    try {
      if (login.address().secured()) {
        tls = Optional.of(Tls.of(login.address(), login.tls()));
      }
    } catch (BrokerException e) {
      throw failed(login, e.wording(), e);
    }
    BrokerConnection connection = new BrokerConnection(login, subscriptions, events);
    Optional<Throwable> problem = connection.begin(login, tls);
    if (problem.isEmpty()) {
      return connection;
    }
    connection.abort();
    Throwable cause = problem.get();
    if (cause instanceof Ending refusal
        && refusal.reason() == Ending.QOS_NOT_SUPPORTED
        && login.will().filter(will -> will.qos() > 0).isPresent()) {
      return open(login.withWillAtQos0(), subscriptions, events);
    }
    throw failed(login, Failures.of(cause, connection.conversation.phase(), login), cause);
  }

  private static BrokerException failed(BrokerLogin login, Wording why, Throwable cause) {
    return new BrokerException(Wording.of("no-connection", login.address(), why), cause);
  }

  /** Returns why it did not succeed. */
  private Optional<Throwable> begin(BrokerLogin login, Optional<Tls> tls)
      throws InterruptedIOException {
    line.connect(login.address(), tls, conversation);
    try {
      opening.get(login.patience().toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      abort();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting");
    }
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
    if (gone || !line.run(() -> conversation.sending().acknowledge(messageId))) {
      LOG.debug("not acknowledged: the connection is gone");
    }
  }

  /**
   * Publishes; does not block. What the broker takes at QoS 0 alone is sent so, and what is beyond
   * its {@link #window} waits: whoever sends much counts what is under way.
   *
   * @param acknowledged gets the reason code of the acknowledgement, on the connection's thread; is
   *     not called if the connection is lost before
   * @throws ConnectionGoneException if the connection is gone
   */
  public void publish(Message message, IntConsumer acknowledged) throws ConnectionGoneException {
    Publication packet = new Publication(message, granted.largestQos(), acknowledged);
    run(() -> conversation.sending().publish(packet));
  }

  /**
   * Sends a message at QoS 0 that may get lost, with a PINGREQ behind it; does not block. Without
   * one, nobody could tell a message that the broker has from one in the buffers of a slow line.
   *
   * @param read is run once the broker has read the message, on the connection's thread; is not run
   *     if the connection is lost before
   * @throws ConnectionGoneException if the connection is gone
   */
  public void pass(Message message, Runnable read) throws ConnectionGoneException {
    Publication packet = new Publication(message.withQos(0), 0, reason -> {});
    run(
        () -> {
          conversation.sending().publish(packet);
          conversation.sending().ping(read);
        });
  }

  /**
   * Subscribes besides; does not block.
   *
   * @param acknowledged gets the largest reason code of the acknowledgement, 128 or more if the
   *     broker refuses one of them, on the connection's thread; is not called if the connection is
   *     lost before
   * @throws ConnectionGoneException if the connection is gone
   */
  public void subscribe(List<Subscription> subscriptions, IntConsumer acknowledged)
      throws ConnectionGoneException {
    List<Subscription> filters = List.copyOf(subscriptions);
    run(() -> conversation.sending().subscribe(filters, acknowledged));
  }

  /** Gives up subscriptions, as far as the connection still stands; does not block. */
  public void unsubscribe(List<String> filters) {
    List<String> given = List.copyOf(filters);
    if (!given.isEmpty() && !gone && !line.run(() -> conversation.sending().unsubscribe(given))) {
      LOG.debug("not unsubscribed: the connection is gone");
    }
  }

  private void run(Runnable task) throws ConnectionGoneException {
    if (gone || !line.run(task)) {
      throw new ConnectionGoneException();
    }
  }

  /** Ends the connection; the session at the broker lives on until it expires. */
  @Override
  public void close() {
    end(conversation::leave, CLOSING_MILLIS);
  }

  /** Cuts the connection without a word, so that the broker sends the will. */
  public void abort() {
    end(conversation::cut, CUTTING_MILLIS);
  }

  private void end(Runnable farewell, long millis) {
    gone = true;
    if (!line.run(farewell)) {
      LOG.debug("the connection had ended before");
    }
    line.end(millis);
  }

  /** What becomes of the conversation; on its thread. */
  private final class Fate implements Conversation.Owner {
    @Override
    public void granted(Granted limits) {
      granted = limits;
    }

    @Override
    public void ready() {
      opening.complete(null);
    }

    @Override
    public void arrived(Message message) {
      events.arrived(BrokerConnection.this, message);
    }

    @Override
    public void ended(Throwable cause) {
      boolean mine = gone;
      gone = true;
      LOG.debug("ended: {}", cause.toString());
      if (!opening.completeExceptionally(cause) && !mine) {
        events.lost(
            BrokerConnection.this,
            cause instanceof Ending known ? known.reason() : Ending.UNSPECIFIED);
      }
    }
  }
}
