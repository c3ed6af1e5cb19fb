package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a broker sends is taken or ends the connection, however it comes in parts. */
class ConversationFuzzTest {
  private static final byte[] WELCOME =
      Wire.join(Wire.connack(Wire.NONE), Wire.packet(0x90, new byte[] {0, 1, 0, 1}));

  /**
   * What the owner was told, in words.
   *
   * @param acknowledged how many messages were acknowledged; empty if the connection has ended by
   *     itself: what came in one go with its end may be lost with it, and comes again
   */
  private record Story(List<String> told, Optional<Integer> acknowledged) {}

  @MethodSource("connections")
  @FuzzTest
  void fromTheBeginning(byte[] sent) {
    tell(sent);
  }

  @MethodSource("connections")
  @FuzzTest
  void onceItIsOpen(byte[] sent) {
    tell(Wire.join(WELCOME, sent));
  }

  /** The section of properties in a message that is well otherwise. */
  @MethodSource("sections")
  @FuzzTest
  void properties(byte[] section) {
    byte[] most = Arrays.copyOf(section, Math.min(section.length, 100_000));
    tell(Wire.join(WELCOME, Wire.publish("t", most, Wire.utf8("{}"))));
  }

  private static void tell(byte[] sent) {
    Story whole = heard(sent, Integer.MAX_VALUE);
    assertThat(heard(sent, 1 + sent.length / 7)).isEqualTo(whole);
    if (sent.length < 1000) {
      assertThat(heard(sent, 1)).isEqualTo(whole);
    }
  }

  private static Story heard(byte[] sent, int chunk) {
    List<String> told = new ArrayList<>();
    BrokerLogin login =
        new BrokerLogin(
            new BrokerAddress("broker.example", 1883),
            "p",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ZERO,
            Optional.empty());
    Conversation conversation =
        new Conversation(login, List.of(Subscription.to("t")), new Notes(told), false);
    EmbeddedChannel channel = new EmbeddedChannel();
    Line.equip(channel.pipeline(), Optional.empty(), conversation);
    channel.pipeline().fireChannelActive();
    for (int at = 0; at < sent.length && channel.isOpen(); at += Math.min(chunk, sent.length)) {
      int end = (int) Math.min(sent.length, (long) at + chunk);
      channel.writeInbound(Unpooled.wrappedBuffer(sent, at, end - at));
    }
    channel.runPendingTasks();
    boolean open = channel.isOpen();
    int acknowledged = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      acknowledged += out.getByte(0) == 0x40 ? 1 : 0;
      out.release();
    }
    channel.checkException(); // nothing is left to the pipeline's end
    channel.finishAndReleaseAll();
    assertThat(told.stream().filter(it -> it.startsWith("ended")).count()).isEqualTo(1);
    assertThat(acknowledged)
        .isLessThanOrEqualTo((int) told.stream().filter(it -> it.startsWith("Message")).count());
    return new Story(told, open ? Optional.of(acknowledged) : Optional.empty());
  }

  /** Everything that is told, as text. */
  private record Notes(List<String> told) implements Conversation.Owner {
    @Override
    public void granted(Granted granted) {
      told.add(granted.toString());
    }

    @Override
    public void ready() {
      told.add("ready");
    }

    @Override
    public void arrived(Message message) {
      assertThat(message.topic()).isNotEmpty();
      assertThat(message.qos()).isBetween(0, 1);
      told.add(message + " " + message.id() + " " + message.headers().responseTopic());
    }

    @Override
    public void ended(Throwable cause) {
      assertThat(cause).isInstanceOf(IOException.class);
      told.add("ended: " + cause.getMessage());
    }
  }

  static Stream<byte[]> connections() {
    byte[] command = Wire.publish("doorstep/v1/p/command/d", Wire.correlation(9), Wire.utf8("{}"));
    byte[] control = Wire.publish("a\u0001b", Wire.text(8, Wire.utf8("x")), Wire.utf8("y"));
    return Stream.of(
        Wire.join(WELCOME, command, Wire.PING_RESPONSE, control),
        Wire.publish("a", Wire.correlation(33_000), Wire.utf8("z")),
        Wire.packet(0x40, new byte[] {0, 1, (byte) 0x87, 0}),
        Wire.packet(0xE0, new byte[] {(byte) 0x8E, 0}),
        new byte[] {0x32, 9, 0, 1, 't', 0, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1},
        new byte[] {0x32, 9, 0, 1, 't', 0, 1, 0, 1, 2, 3, 0x15, 0, 0, 0, 1, 1, 1},
        Wire.join(WELCOME, command, Wire.packet(0xE0, new byte[] {(byte) 0x8E, 0})),
        Wire.join(Wire.publish(0x30, Wire.utf8("t"), Wire.NONE, Wire.NONE), WELCOME));
  }

  static Stream<byte[]> sections() {
    return Stream.of(
        Wire.join(Wire.correlation(3), Wire.text(8, Wire.utf8("t")), Wire.text(3, Wire.utf8("u"))),
        Wire.join(new byte[] {0x0B, 1, 0x0B, (byte) 0x80, 1}, Wire.receiveMaximum(9)),
        Wire.join(new byte[] {0x26}, Wire.sized(Wire.utf8("k")), Wire.sized(Wire.utf8("v"))));
  }
}
