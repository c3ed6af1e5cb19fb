package dev.doorstep.agent.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A user of the broker that tries what it likes: hears everything that it is let hear. */
final class MqttUser implements BrokerConnection.Events, AutoCloseable {
  private static final int NOBODY_LISTENS = 0x10;
  private static final int DENIED = 0x87;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final String broker;
  private final String name;
  private final BrokerConnection connection;

  MqttUser(String broker, String name) throws Exception {
    this.broker = broker;
    this.name = name;
    this.connection = open("hears-" + name, List.of(Subscription.to("#")));
  }

  private BrokerConnection open(String client, List<Subscription> subscriptions)
      throws IOException {
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(broker)),
            client,
            Optional.of(name),
            Optional.of(""),
            Duration.ofSeconds(5),
            Duration.ZERO,
            Optional.empty());
    return BrokerConnection.open(login, subscriptions, this);
  }

  /**
   * Whether the broker takes a message to a topic below {@code doorstep/v1/}. Each goes over a
   * connection of its own, since mosquitto 2.0.11 ends one on which it denied a message.
   */
  boolean writes(String topic) throws Exception {
    CompletableFuture<Integer> reason = new CompletableFuture<>();
    byte[] payload = "x".getBytes(StandardCharsets.US_ASCII);
    try (BrokerConnection fresh = open("writes-" + name, List.of())) {
      fresh.publish(Message.of("doorstep/v1/" + topic, payload), reason::complete);
      int code = reason.get(10, TimeUnit.SECONDS);
      assertThat(code).isIn(0, NOBODY_LISTENS, DENIED);
      return code != DENIED;
    }
  }

  /** The topics heard until one of them comes, that one left out. */
  List<String> heardUntil(String last) throws InterruptedException {
    List<String> topics = new ArrayList<>();
    String topic = heard.poll(10, TimeUnit.SECONDS);
    while (topic != null && !topic.equals("doorstep/v1/" + last)) {
      topics.add(topic.substring("doorstep/v1/".length()));
      topic = heard.poll(10, TimeUnit.SECONDS);
    }
    assertThat(topic).as("what came: " + topics).isNotNull();
    return topics;
  }

  @Override
  public void arrived(BrokerConnection connection, Message message) {
    heard.add(message.topic());
  }

  @Override
  public void lost(BrokerConnection gone, int reason) {
    // Expected of one on which a message was denied; else what is waited for does not come.
  }

  @Override
  public void close() {
    connection.close();
  }
}
