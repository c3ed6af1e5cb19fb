package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a topic or an address says, it names what it says it names, or nothing. */
class TopicsFuzzTest {
  private static final Topics TOPICS = new Topics("p1");

  @MethodSource("topics")
  @FuzzTest
  void topic(byte[] utf8) {
    String topic = new String(utf8, StandardCharsets.UTF_8);

    Topics.of(topic)
        .ifPresent(topics -> assertThat(topic).startsWith("doorstep/v1/" + topics.point() + "/"));
    TOPICS.deviceOf(topic).ifPresent(name -> assertThat(TOPICS.command(name)).isEqualTo(topic));
    TOPICS.clientOf(topic).ifPresent(name -> assertThat(TOPICS.reply(name)).isEqualTo(topic));
    TOPICS
        .pieceOf("hall", topic)
        .ifPresent(
            piece -> assertThat(TOPICS.blob("hall", piece.blob(), piece.n())).isEqualTo(topic));
  }

  @MethodSource("addresses")
  @FuzzTest
  void address(byte[] utf8) throws URISyntaxException {
    URI url;
    try {
      url = new URI(new String(utf8, StandardCharsets.UTF_8));
    } catch (URISyntaxException e) {
      return; // refused before it comes here
    }
    BrokerAddress address;
    try {
      address = BrokerAddress.of(url);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("a broker's address");
      return;
    }
    assertThat(BrokerAddress.of(new URI(address.toString()))).isEqualTo(address);
  }

  static Stream<byte[]> topics() {
    return Stream.of(
            "doorstep/v1/p1/command/reader",
            "doorstep/v1/p1/reply/hall",
            "doorstep/v1/p1/blob/hall/b1/0",
            "doorstep/v1/p1/blob/hall/b1/999999999")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> addresses() {
    return Stream.of("mqtt://127.0.0.1:1883", "mqtt://[::1]:1883/", "mqtt:a", "mqtt://h:99999")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
