package dev.doorstep.protocol.mqtt;

import static dev.doorstep.protocol.mqtt.ScriptedPeer.SECONDS;
import static dev.doorstep.protocol.mqtt.ScriptedPeer.granting;
import static dev.doorstep.protocol.mqtt.Wire.NONE;
import static dev.doorstep.protocol.mqtt.Wire.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.mqtt.ScriptedPeer.Packet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, against a broker in bytes. */
class BrokerConnectionTest {
  private static final List<Subscription> ALL = List.of(Subscription.to("t/#"));
  private static final byte[] ONE = {1};

  /** Keeps what it is told. */
  private static final class Notes implements BrokerConnection.Events {
    private final BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> lost = new CompletableFuture<>();
    private final boolean acknowledges;

    Notes(boolean acknowledges) {
      this.acknowledges = acknowledges;
    }

    @Override
    public boolean acknowledges() {
      return acknowledges;
    }

    @Override
    public void arrived(BrokerConnection connection, Message message) {
      arrived.add(message);
    }

    @Override
    public void lost(BrokerConnection connection, int reason) {
      assertThat(lost.complete(reason)).isTrue();
    }

    Message next() throws InterruptedException {
      return java.util.Objects.requireNonNull(arrived.poll(SECONDS, TimeUnit.SECONDS));
    }

    int reason() throws Exception {
      return lost.get(SECONDS, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Integer> publish(BrokerConnection on, String topic, byte[] what)
      throws Exception {
    CompletableFuture<Integer> reason = new CompletableFuture<>();
    on.publish(Message.of(topic, what), reason::complete);
    return reason;
  }

  @Test
  void largeReceiveMaximumAndLongCorrelationData() throws Exception {
    Notes notes = new Notes(false);
    try (ScriptedPeer broker = new ScriptedPeer(granting(Wire.receiveMaximum(65_535)));
        BrokerConnection connection = BrokerConnection.open(broker.login(), ALL, notes)) {
      assertThat(connection.window()).isEqualTo(1000);
      assertThat(connection.largestPacket()).isEqualTo(Long.MAX_VALUE);
      assertThat(publish(connection, "out", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();

      byte[] response = Wire.text(8, Wire.utf8("reply"));
      broker.send(Wire.publish("t/long", join(response, Wire.correlation(40_000)), new byte[9]));
      Message first = notes.next();
      assertThat(first.headers().correlation().orElseThrow()).hasSize(40_000).containsOnly('c');
      assertThat(first.headers().responseTopic()).contains("reply");
      assertThat(first.id()).isEqualTo(0x1234);
      broker.next(4);
      broker.send(Wire.publish("t/\u0001", response, new byte[9]));
      assertThat(notes.next().topic()).isEqualTo("t/\u0001");
      broker.next(4);
      broker.send(Wire.publish("t/next", new byte[] {2, 0, 0, 0, 30}, new byte[100_000]));
      Message last = notes.next();
      assertThat(last.payload()).hasSize(100_000);
      assertThat(last.headers().expiry()).contains(Duration.ofSeconds(30));
      broker.next(4);
      assertThat(notes.lost).isNotDone();
    }
  }

  @Test
  void aPassingMessageIsReadWhenThePingBehindItIsAnswered() throws Exception {
    CompletableFuture<byte[]> pong = new CompletableFuture<>();
    try (ScriptedPeer broker =
            new ScriptedPeer(packet -> packet.type() == 12 ? NONE : granting(NONE).apply(packet));
        BrokerConnection connection =
            BrokerConnection.open(broker.login(), ALL, new Notes(false))) {
      connection.pass(Message.of("p", ONE), () -> pong.complete(ONE));
      Packet picture = broker.next(3);
      assertThat(picture.first()).isEqualTo(0x30);
      assertThat(picture.body()).containsExactly((byte) 0, (byte) 1, (byte) 'p', (byte) 0, ONE[0]);
      broker.next(12);
      assertThat(publish(connection, "out", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();
      assertThat(pong).isNotDone();

      broker.send(Wire.PING_RESPONSE);
      assertThat(pong.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(ONE);
      broker.send(Wire.PING_RESPONSE); // an answer to nothing
      assertThat(publish(connection, "out", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void saysWhoItIsAndWhatItTakes() throws Exception {
    try (ScriptedPeer broker = new ScriptedPeer(granting(NONE))) {
      BrokerLogin plain = broker.login();
      BrokerLogin login =
          new BrokerLogin(
              plain.address(),
              "p",
              Optional.of("me"),
              Optional.of("secret"),
              plain.patience(),
              Duration.ofDays(1),
              Optional.of(Message.retained("w", Wire.utf8("lost"))));
      BrokerConnection.open(login, ALL, new Notes(false)).close();

      byte[] connect =
          join(
              Wire.sized(Wire.utf8("MQTT")),
              new byte[] {5, (byte) 0b1110_1100, 0, 20},
              new byte[] {13, 0x11, 0, 1, 0x51, (byte) 0x80, 0x21, 0, 64, 0x27, 0, 0x10, 0, 0},
              Wire.sized(Wire.utf8("p")),
              new byte[] {0},
              Wire.sized(Wire.utf8("w")),
              Wire.sized(Wire.utf8("lost")),
              Wire.sized(Wire.utf8("me")),
              Wire.sized(Wire.utf8("secret")));
      assertThat(broker.next(1).body()).containsExactly(boxed(connect));
      assertThat(broker.next(8).body())
          .containsExactly(boxed(new byte[] {0, 1, 0, 0, 3, 't', '/', '#', 1}));
      Packet farewell = broker.next(14);
      assertThat(farewell.body().isEmpty() || farewell.at(0) == 0).isTrue();
      broker.next(0);
    }
  }

  private static Byte[] boxed(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return boxed;
  }

  @Test
  void anAbortIsWithoutAWord() throws Exception {
    try (ScriptedPeer broker = new ScriptedPeer(granting(NONE))) {
      BrokerConnection connection = BrokerConnection.open(broker.login(), ALL, new Notes(false));
      connection.abort();
      broker.next(8);
      assertThat(broker.next(0)).isNotNull();
      assertThat(broker.has(14)).isFalse();
      assertThatThrownBy(() -> publish(connection, "t", ONE))
          .isInstanceOf(ConnectionGoneException.class);
      assertThatThrownBy(() -> connection.subscribe(ALL, reason -> {}))
          .isInstanceOf(ConnectionGoneException.class);
      connection.acknowledge(1);
      connection.unsubscribe(List.of("t"));
      connection.close();
    }
  }

  @Test
  void sendsNoMoreThanTheWindow() throws Exception {
    BlockingQueue<Packet> waiting = new LinkedBlockingQueue<>();
    var granting = granting(Wire.receiveMaximum(2));
    try (ScriptedPeer broker =
            new ScriptedPeer(
                packet -> {
                  if (packet.type() == 3) {
                    waiting.add(packet);
                    return NONE;
                  }
                  return granting.apply(packet);
                });
        BrokerConnection connection =
            BrokerConnection.open(broker.login(), ALL, new Notes(false))) {
      assertThat(connection.window()).isEqualTo(2);
      List<CompletableFuture<Integer>> reasons =
          List.of(
              publish(connection, "a", ONE),
              publish(connection, "b", ONE),
              publish(connection, "c", ONE));
      connection.subscribe(ALL, reason -> {});
      broker.next(8);
      broker.next(8); // it came after all that was sent before it
      assertThat(waiting).hasSize(2);
      broker.send(ScriptedPeer.acknowledgement(waiting.remove()));
      await().until(() -> waiting.size() == 2);
      assertThat(reasons.get(0).get(SECONDS, TimeUnit.SECONDS)).isZero();
      Packet last = List.copyOf(waiting).get(1);
      assertThat(last.at(2)).isEqualTo('c');
      assertThat(last.at(4)).as("an id of its own").isNotIn(waiting.element().at(4));
    }
  }

  /** QoS 0 alone, small packets: nothing goes out that the broker would end the connection for. */
  @Test
  void aNarrowBroker() throws Exception {
    byte[] narrow = {0x24, 0, 0x27, 0, 0, 0, 100};
    var granting = granting(narrow);
    try (ScriptedPeer broker =
        new ScriptedPeer(
            packet ->
                packet.type() == 1 && (packet.at(7) & 0x18) != 0
                    ? Wire.packet(0x20, new byte[] {0, (byte) 0x9B, 0})
                    : granting.apply(packet))) {
      BrokerLogin plain = broker.login();
      BrokerLogin login =
          new BrokerLogin(
              plain.address(),
              "p",
              Optional.empty(),
              Optional.empty(),
              plain.patience(),
              Duration.ZERO,
              Optional.of(Message.retained("w", ONE)));
      try (BrokerConnection connection = BrokerConnection.open(login, ALL, new Notes(false))) {
        assertThat(connection.largestPacket()).isEqualTo(100);
        assertThat(publish(connection, "a", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(broker.next(3).first()).as("QoS 0").isEqualTo(0x30);
        assertThat(publish(connection, "b", new byte[200]).get(SECONDS, TimeUnit.SECONDS))
            .isEqualTo(0x95);
        assertThat(publish(connection, "c", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(broker.next(3).at(2)).isEqualTo('c');
      }
    }
  }

  @Test
  void acknowledgesWhenItIsTold() throws Exception {
    Notes notes = new Notes(true);
    try (ScriptedPeer broker = new ScriptedPeer(granting(NONE));
        BrokerConnection connection = BrokerConnection.open(broker.login(), ALL, notes)) {
      broker.send(Wire.publish("t/1", NONE, ONE));
      broker.send(Wire.publish(0x39, Wire.utf8("t/2"), NONE, ONE));
      Message first = notes.next();
      assertThat(notes.next())
          .matches(it -> it.id() == 0 && it.qos() == 0 && it.retained() && it.duplicate());
      assertThat(publish(connection, "out", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();
      assertThat(broker.has(4)).isFalse();
      connection.acknowledge(first.id());
      assertThat(broker.next(4).body()).containsExactly((byte) 0x12, (byte) 0x34);
    }
  }

  /** What a broker does and the reason that its owner gets; where it is this side's, as told. */
  @ParameterizedTest
  @CsvSource({
    "e0028e00, 8E, -", // taken over
    "e000, 0, -",
    "e0018b, 8B, -",
    "fe00, 81, 81", // nothing of MQTT
    "f000, 82, 82", // AUTH
    "2003000000, 82, 82", // CONNACK again
    "1000, 81, 81", // CONNECT
    "34070001740001000078, 82, 82", // QoS 2
    "3606000174000100, 81, 81",
    "300400000078, 82, 82", // no topic, and no alias was allowed
    "30050001230078, 81, 81", // a wildcard
    "30040009740078, 81, 81", // a length beyond the packet
    "30060001747f0078, 81, 81",
    "30ffffffff01, 81, 81",
    "30ffffff7f, 95, 95",
    "4001, '', -", // nothing but a beginning
    "50020001, 82, 82", // PUBREC
    "6202000100, 82, 82",
  })
  void whatItDoesNotTake(String hex, String reason, String told) throws Exception {
    Notes notes = new Notes(false);
    try (ScriptedPeer broker = new ScriptedPeer(granting(NONE));
        BrokerConnection connection = BrokerConnection.open(broker.login(), ALL, notes)) {
      broker.send(java.util.HexFormat.of().parseHex(hex));
      if (reason.isEmpty()) {
        broker.hangUp();
        assertThat(notes.reason()).isEqualTo(0x80);
      } else {
        assertThat(notes.reason()).isEqualTo(Integer.parseInt(reason, 16));
      }
      if (!told.equals("-")) {
        assertThat(broker.next(14).at(0)).isEqualTo(Integer.parseInt(told, 16));
      }
      assertThatThrownBy(() -> publish(connection, "t", ONE))
          .isInstanceOf(ConnectionGoneException.class);
    }
  }

  @Test
  void aRefusedSubscriptionEndsTheAttempt() throws Exception {
    var granting = granting(NONE);
    try (ScriptedPeer broker =
        new ScriptedPeer(
            packet ->
                packet.type() == 8
                    ? Wire.packet(0x90, new byte[] {0, 1, 0, (byte) 0x87})
                    : granting.apply(packet))) {
      assertThatThrownBy(() -> BrokerConnection.open(broker.login(), ALL, new Notes(false)))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("refuses a subscription: not authorized (0x87)");
    }
  }

  @Test
  void aDefectOfItsOwnerEndsNothing() throws Exception {
    CompletableFuture<Integer> lost = new CompletableFuture<>();
    BrokerConnection.Events broken =
        new BrokerConnection.Events() {
          @Override
          public void arrived(BrokerConnection connection, Message message) {
            throw new IllegalStateException("a defect");
          }

          @Override
          public void lost(BrokerConnection connection, int reason) {
            lost.complete(reason);
          }
        };
    try (ScriptedPeer broker = new ScriptedPeer(granting(NONE));
        BrokerConnection connection = BrokerConnection.open(broker.login(), ALL, broken)) {
      broker.send(Wire.publish("t/1", NONE, ONE));
      connection.publish(
          Message.of("out", ONE),
          reason -> {
            throw new IllegalStateException("another defect");
          });
      assertThat(publish(connection, "out", ONE).get(SECONDS, TimeUnit.SECONDS)).isZero();
      assertThat(lost).isNotDone();
    }
  }

  @Test
  void itsOwnerMayCloseItFromWithin() throws Exception {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    BrokerConnection.Events leaving =
        new BrokerConnection.Events() {
          @Override
          public void arrived(BrokerConnection connection, Message message) {
            connection.close();
            closed.complete(true);
          }

          @Override
          public void lost(BrokerConnection connection, int reason) {
            closed.completeExceptionally(new AssertionError("lost, reason " + reason));
          }
        };
    try (ScriptedPeer broker = new ScriptedPeer(granting(NONE));
        BrokerConnection connection = BrokerConnection.open(broker.login(), ALL, leaving)) {
      assertThat(connection.sessionPresent()).isFalse();
      broker.send(Wire.publish("t/1", NONE, ONE));
      assertThat(closed.get(SECONDS, TimeUnit.SECONDS)).isTrue();
      broker.next(14);
      broker.next(0);
    }
  }
}
