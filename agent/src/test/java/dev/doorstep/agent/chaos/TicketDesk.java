package dev.doorstep.agent.chaos;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.TicketLine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A center that has tickets printed, each with a name of its own, and writes down every final reply
 * that comes, however often. Its own connection is good.
 */
final class TicketDesk implements BrokerConnection.Events, AutoCloseable {
  static final String POINT = "P";
  private static final String CLIENT = "desk";
  private static final Topics TOPICS = new Topics(POINT);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BrokerConnection connection;
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final List<String> unreadable = new CopyOnWriteArrayList<>();
  private volatile Optional<PointStatus> status = Optional.empty();
  private CountDownLatch nextSent = new CountDownLatch(1);
  private CountDownLatch nextReply = new CountDownLatch(1);

  /** A command: when it was first sent, and every final reply to it. */
  static final class Sent {
    private final String id;
    private final long first = System.nanoTime();
    private final List<Reply> ends = new CopyOnWriteArrayList<>();

    private Sent(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    long first() {
      return first;
    }

    List<Reply> ends() {
      return ends;
    }

    boolean hasEnded() {
      return !ends.isEmpty();
    }

    /** The state that all its ends say, or whatever they say instead. */
    String end() {
      return String.join(
          " and ",
          ends.stream()
              .map(
                  end ->
                      end.state()
                          + end.error().map(error -> " " + error.code()).orElse("")
                          + end.result().map(result -> " " + result).orElse(""))
              .distinct()
              .toList());
    }

    boolean is(State state) {
      return hasEnded() && ends.get(0).state().is(state);
    }
  }

  TicketDesk(String broker) throws IOException {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker)),
            CLIENT,
            Optional.empty(),
            Optional.empty(),
            PATIENCE,
            Duration.ofHours(1),
            Optional.empty());
    connection =
        BrokerConnection.open(
            login,
            List.of(Subscription.to(TOPICS.reply(CLIENT)), Subscription.to(TOPICS.status())),
            this);
  }

  /** Has the next ticket printed. */
  void print() throws IOException, InterruptedException {
    Sent next;
    synchronized (this) {
      next = new Sent("t-%06d".formatted(sent.size()));
      sent.put(next.id, next);
    }
    send(next);
  }

  /** Sends a command once more; returns when the broker has it. */
  void send(Sent command) throws IOException, InterruptedException {
    Message.Headers headers =
        Message.Headers.NONE
            .withResponseTopic(TOPICS.reply(CLIENT))
            .withCorrelation(command.id.getBytes(StandardCharsets.UTF_8))
            .withExpiry(Duration.ofHours(1));
    CountDownLatch taken = new CountDownLatch(1);
    connection.publish(
        Message.of(TOPICS.command("tickets"), payload(command.id)).withHeaders(headers),
        reason -> {
          if (reason < 0x80) {
            taken.countDown();
          }
        });
    synchronized (this) {
      nextSent.countDown();
    }
    if (!taken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the broker did not take " + command.id);
    }
  }

  /** A ticket of nearly 400 bytes that says its name in its first and in its last line. */
  static PrintTicket ticket(String id) {
    List<TicketLine> lines = new ArrayList<>();
    lines.add(TicketLine.text(id + " first"));
    for (int i = 0; i < 6; i++) {
      lines.add(TicketLine.text("-".repeat(40)));
    }
    lines.add(TicketLine.text(id + " last"));
    return new PrintTicket(lines, PrintTicket.Cut.FULL);
  }

  private static byte[] payload(String id) {
    return Codec.write(
        new Command(
            id,
            PrintTicket.TYPE.name(),
            Codec.tree(ticket(id)),
            Duration.ofMinutes(1),
            false,
            Optional.empty()));
  }

  /** Every command so far, in the order in which they were first sent. */
  synchronized List<Sent> sent() {
    return List.copyOf(sent.values());
  }

  /** Opens once the next command was handed to the network. */
  synchronized CountDownLatch afterSending() {
    nextSent = new CountDownLatch(1);
    return nextSent;
  }

  /** Opens once the next final reply is here. */
  synchronized CountDownLatch afterReply() {
    nextReply = new CountDownLatch(1);
    return nextReply;
  }

  /** What the point says of itself. */
  Optional<PointStatus> status() {
    return status;
  }

  /** Messages that were no replies to what was asked. */
  List<String> unreadable() {
    return unreadable;
  }

  @Override
  public void arrived(BrokerConnection from, Message message) {
    try {
      if (message.topic().equals(TOPICS.status())) {
        status = Optional.of(Codec.read(PointStatus.class, message.payload()));
        return;
      }
      Reply reply = Codec.read(Reply.class, message.payload());
      synchronized (this) {
        Sent asked = reply.id().map(sent::get).orElse(null);
        if (asked == null || !reply.isFinal()) {
          unreadable.add(new String(message.payload(), StandardCharsets.UTF_8));
          return;
        }
        asked.ends.add(reply);
        nextReply.countDown();
      }
    } catch (InvalidMessageException e) {
      unreadable.add(message.topic() + ": " + e.getMessage());
    }
  }

  @Override
  public void lost(BrokerConnection gone, int reason) {
    unreadable.add("the desk's own connection was lost, reason " + reason);
  }

  @Override
  public void close() {
    connection.close();
  }
}
