package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here, Netty's decoder reads as it was meant. */
class PublicationTest {
  private static final Message.Headers ALL =
      new Message.Headers(
          Optional.of("doorstep/v1/点/reply/\uD83D\uDE00"),
          Optional.of(new byte[40_000]),
          Optional.of(Duration.ofSeconds(0xFFFF_FFFEL)),
          Optional.of("application/json"),
          true);

  private static Message read(Message sent, int qos, int id) throws Exception {
    Publication packet = new Publication(sent, qos, reason -> {});
    byte[] head = packet.isAcknowledged() ? packet.head(id) : packet.head();
    byte[] payload = packet.payload();
    EmbeddedChannel channel =
        new EmbeddedChannel(new MqttDecoder(WholePackets.LARGEST), MqttEncoder.INSTANCE);
    BrokerLogin login =
        new BrokerLogin(
            new BrokerAddress("h", 1),
            "p",
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty());
    channel.writeOutbound(Packets.connect(login)); // tells the codec that this is MQTT 5
    channel.writeInbound(
        payload == null ? Unpooled.wrappedBuffer(head) : Unpooled.wrappedBuffer(head, payload));
    MqttPublishMessage came = channel.readInbound();
    assertThat(came.decoderResult().isSuccess()).isTrue();
    assertThat(packet.size()).isEqualTo(head.length + (payload == null ? 0 : payload.length));
    try {
      return Packets.message(came);
    } finally {
      came.release();
      channel.finishAndReleaseAll();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 4096, 4097, 65_536, 300_000})
  void messagesOfEverySize(int size) throws Exception {
    Message sent = Message.retained("doorstep/v1/p/ü", new byte[size]).withHeaders(ALL);
    Message read = read(sent, 2, 0xFEDC);
    assertThat(read.topic()).isEqualTo(sent.topic());
    assertThat(read.payload()).isEqualTo(sent.payload());
    assertThat(read.retained()).isTrue();
    assertThat(read.qos()).isEqualTo(1);
    assertThat(read.id()).isEqualTo(0xFEDC);
    assertThat(read.headers()).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(ALL);
  }

  @Test
  void withoutAnything() throws Exception {
    Message read = read(Message.of("t", new byte[] {7}), 0, 5);
    assertThat(read)
        .usingRecursiveComparison()
        .isEqualTo(Message.of("t", new byte[] {7}).withQos(0));
  }

  @Test
  void refusesWhatCannotBeWritten() {
    String[] topics = {"", "a/+", "#", "x".repeat(65_536)};
    for (String topic : topics) {
      assertThatThrownBy(() -> Message.of(topic, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Message.of("t", new byte[0]).withQos(3))
        .isInstanceOf(IllegalArgumentException.class);
    Message.Headers none = Message.Headers.NONE;
    assertThatThrownBy(() -> none.withCorrelation(new byte[65_536]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> none.withResponseTopic("点".repeat(30_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> none.withExpiry(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subscription("", 1, false, false, Subscription.Kept.ALWAYS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
