package dev.doorstep.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.command.WrittenReply;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a message carries, it becomes a request to a name, or is dropped and counted. */
class InboundFuzzTest {
  private static final Topics TOPICS = new Topics("p1");

  /** Lines: the topic, the response topic, the correlation data; what follows is the payload. */
  @MethodSource("messages")
  @FuzzTest
  void message(byte[] utf8) {
    String[] lines = new String(utf8, StandardCharsets.UTF_8).split("\n", 4);
    Message message;
    try {
      message =
          Message.of(lines[0], part(lines, 3).getBytes(StandardCharsets.UTF_8))
              .withHeaders(
                  Message.Headers.NONE
                      .withResponseTopic(part(lines, 1))
                      .withCorrelation(part(lines, 2).getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return; // no topic at all, or too long: none such comes from a broker
    }
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    List<String> clients = new ArrayList<>();
    Inbound inbound =
        new Inbound(
            TOPICS,
            new CommandCounters(meters),
            (client, correlation) -> {
              clients.add(client);
              return new Nowhere();
            });

    boolean taken = inbound.request(message, () -> {}).isPresent();

    assertThat(meters.getMeters()).hasSize(taken ? 0 : 1);
    if (taken) {
      assertThat(TOPICS.deviceOf(lines[0])).isPresent();
      assertThat(TOPICS.reply(clients.get(0))).isEqualTo(part(lines, 1));
    }
  }

  static Stream<byte[]> messages() {
    return Stream.of(
            "doorstep/v1/p1/command/reader\ndoorstep/v1/p1/reply/hall\nc\n{}",
            "doorstep/v1/p1/command/reader\ndoorstep/v1/p2/reply/hall",
            "doorstep/v1/p1/command/reader\ndoorstep/v1/p1/reply/hall\n" + "c".repeat(1025))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(String[] lines, int n) {
    return n < lines.length ? lines[n] : "";
  }

  /** Takes replies that nobody gives. */
  private static final class Nowhere implements ReplyTo {
    @Override
    public int pieceSize() {
      return 1024;
    }

    @Override
    public Optional<ReplyAddress> address() {
      return Optional.empty();
    }

    @Override
    public void send(WrittenReply reply, List<OutgoingBlob> blobs, Runnable delivered) {
      throw new AssertionError("a reply before the dispatcher has seen the request");
    }

    @Override
    public void sendPieces(OutgoingBlob blob, List<Integer> pieces) {
      throw new AssertionError("pieces before the dispatcher has seen the request");
    }

    @Override
    public void preview(String id, byte[] jpeg) {
      throw new AssertionError("a picture before the dispatcher has seen the request");
    }
  }
}
