package dev.doorstep.protocol.mqtt;

import static dev.doorstep.protocol.mqtt.Wire.NONE;
import static dev.doorstep.protocol.mqtt.Wire.join;
import static dev.doorstep.protocol.mqtt.Wire.publish;
import static dev.doorstep.protocol.mqtt.Wire.text;
import static dev.doorstep.protocol.mqtt.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadablePacketsTest {
  private static final byte[] PAYLOAD = utf8("{\"v\":1}");
  private static final byte[] ALL_PROPERTIES =
      join(
          new byte[] {1, 1, 2, 0, 0, 0, 30, 0x0B, (byte) 0x81, 1, 0x0B, 2, 0x23, 0, 1},
          text(3, utf8("application/json")),
          text(8, utf8("doorstep/v1/点/reply/\uD83D\uDE00")),
          Wire.correlation(300),
          userProperty("a", "b"),
          userProperty("a", "c"));

  @Test
  void passesPacketsUnchangedAtEveryChunkSize() throws IOException {
    byte[] sent =
        join(
            Wire.connack(Wire.receiveMaximum(32_767)),
            Wire.connack(NONE),
            new byte[] {(byte) 0x90, 4, 0, 1, 0, 1},
            publish("doorstep/v1/p/d", ALL_PROPERTIES, PAYLOAD),
            Wire.PING_RESPONSE,
            publish(0x30, utf8("t"), NONE, NONE),
            publish(0x3D, utf8(""), NONE, new byte[1000]),
            new byte[] {0x40, 2, 0, 7});
    for (int size = 1; size <= sent.length; size++) {
      assertThat(passed(sent, size, size)).as("chunks of %d", size).isEqualTo(sent);
      assertThat(passed(sent, size, 7)).as("chunks of %d, read by 7", size).isEqualTo(sent);
    }
  }

  @Test
  void passesLargePayloads() throws IOException {
    byte[] sent = publish("t", Wire.correlation(32_767), new byte[1_000_000]);
    assertThat(passed(join(sent, sent), 64_000, 8192)).isEqualTo(join(sent, sent));
  }

  @ParameterizedTest
  @ValueSource(ints = {32_768, 40_000, 65_535})
  void limitsTheReceiveMaximum(int value) throws IOException {
    byte[] reason = text(0x1F, utf8("fine"));
    byte[] flags = {0x24, 1, 0x13, 0, 60, 0x27, 0, 1, 0, 0, 0x29, 1};
    byte[] sent = Wire.connack(join(reason, flags, Wire.receiveMaximum(value), flags));
    assertThat(passed(join(sent, Wire.PING_RESPONSE), 5, 100))
        .isEqualTo(
            join(
                Wire.connack(join(reason, flags, Wire.receiveMaximum(32_767), flags)),
                Wire.PING_RESPONSE));
  }

  static Stream<byte[]> unreadable() {
    return Stream.of(
        Wire.correlation(32_768),
        Wire.correlation(65_535),
        text(8, utf8("reply/\u0001")),
        text(3, utf8("\u007F")),
        text(8, utf8("reply/\u0085")),
        text(8, utf8("reply/\uFDD0")),
        text(8, utf8("\uFFFF")),
        text(8, utf8("\uD83F\uDFFE")),
        text(8, new byte[] {'r', (byte) 0xFF}),
        text(8, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}),
        userProperty("a", "b\n"),
        userProperty("\0", "b"),
        new byte[] {8, 0, 9, 'x'},
        new byte[] {2, 0, 0},
        new byte[] {0x0B, -1, -1, -1, -1, 1},
        new byte[] {9, 0},
        new byte[] {0x21, 0, 1},
        new byte[] {(byte) 0x80, 1},
        new byte[] {1, 1, 1, 1});
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void publishesWithoutPropertiesThatAreNotReadable(byte[] properties) throws IOException {
    byte[] good = text(8, utf8("reply/me"));
    byte[] after = publish("next", good, PAYLOAD);
    for (int first : new int[] {0x30, 0x32, 0x3C}) {
      byte[] sent = publish(first, utf8("t/ü"), join(userProperty("k", "v"), properties), PAYLOAD);
      byte[] expected = publish(first, utf8("t/ü"), NONE, PAYLOAD);
      assertThat(passed(join(sent, after), 1000, 13)).isEqualTo(join(expected, after));
    }
  }

  @Test
  void replacesTopicsThatAreNotReadable() throws IOException {
    byte[] sent = publish("t/\u0007", text(8, utf8("reply/me")), PAYLOAD);
    byte[] expected = publish(PacketHead.UNREADABLE, NONE, PAYLOAD);
    for (int size = 1; size <= sent.length; size++) {
      assertThat(passed(join(sent, Wire.PING_RESPONSE), size, 100))
          .isEqualTo(join(expected, Wire.PING_RESPONSE));
    }
  }

  @Test
  void endsWithinAPacketWithAnError() throws IOException {
    byte[] sent = publish("t", ALL_PROPERTIES, PAYLOAD);
    for (int cut = 1; cut < sent.length; cut++) {
      byte[] part = Arrays.copyOf(sent, cut);
      assertThatThrownBy(() -> passed(part, 50, 50)).isInstanceOf(EOFException.class);
    }
    assertThat(passed(NONE, 1, 1)).isEmpty();
  }

  @Test
  void refusesPacketsThatAreTooLarge() throws IOException {
    byte[] largest = Wire.packet(0x30, new byte[PacketHead.LARGEST]);
    assertThat(passed(largest, 65_536, 65_536)).isEqualTo(largest);
    for (int first : new int[] {0x20, 0x30, 0x40}) {
      byte[] sent = join(new byte[] {(byte) first}, Wire.length(PacketHead.LARGEST + 1));
      assertThatThrownBy(() -> passed(sent, 10, 10))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1049601 bytes, at most 1049600");
    }
  }

  static Stream<byte[]> malformed() {
    return Stream.of(
        new byte[] {0x30, -1, -1, -1, -1, 1},
        new byte[] {0x30, 0},
        new byte[] {0x30, 1, 0},
        new byte[] {0x30, 3, 0, 9, 't'},
        new byte[] {0x30, 3, 0, 1, 't'},
        new byte[] {0x32, 4, 0, 1, 't', 0},
        new byte[] {0x30, 4, 0, 1, 't', 9},
        new byte[] {0x30, 9, 0, 1, 't', -1, -1, -1, -1, 1, 0},
        new byte[] {0x30, 9, 0, 1, 't', -1, -1, -1, 0x7F, 1, 0});
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesLengthsThatContradictEachOther(byte[] sent) {
    byte[] more = join(sent, new byte[100]);
    assertThatThrownBy(() -> passed(more, 3, 100))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(EOFException.class)
        .hasMessageContaining("of the broker");
  }

  @Test
  void leavesShortConnacksToPaho() throws IOException {
    byte[] sent =
        join(
            new byte[] {0x20, 0},
            new byte[] {0x20, 2, 0, 0},
            new byte[] {0x20, 3, 0, 0, -1},
            new byte[] {0x20, 4, 0, 0, 9, 0x21},
            new byte[] {0x20, 5, 0, 0, 2, 0x21, -1},
            new byte[] {0x20, 5, 0, 0, 2, 0x7F, -1});
    assertThat(passed(sent, 4, 4)).isEqualTo(sent);
  }

  @Test
  void goesOnAfterATimeout() throws IOException {
    byte[] sent =
        join(publish("t", ALL_PROPERTIES, PAYLOAD), publish("t", Wire.correlation(40_000), NONE));
    InputStream packets = new ReadablePackets(new Chunks(sent, 11, true));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[5];
    int timeouts = 0;
    int count = 0;
    while (count >= 0) {
      try {
        count = packets.read(buffer);
        out.write(buffer, 0, Math.max(0, count));
      } catch (SocketTimeoutException e) {
        timeouts++;
      }
    }
    assertThat(out.toByteArray())
        .isEqualTo(join(publish("t", ALL_PROPERTIES, PAYLOAD), publish("t", NONE, NONE)));
    assertThat(timeouts).isGreaterThan(1000);
  }

  @Test
  void tellsWhatIsThereWithoutWaiting() throws IOException {
    byte[] sent = publish("t", NONE, PAYLOAD);
    try (InputStream packets = new ReadablePackets(new ByteArrayInputStream(sent))) {
      assertThat(packets.available()).isZero();
      assertThat(packets.read()).isEqualTo(0x32);
      assertThat(packets.available()).isEqualTo(sent.length - PAYLOAD.length - 1);
      assertThat(packets.readNBytes(sent.length - PAYLOAD.length - 1)).endsWith(0);
      assertThat(packets.available()).isEqualTo(PAYLOAD.length);
      assertThat(packets.readAllBytes()).isEqualTo(PAYLOAD);
      assertThat(packets.read()).isEqualTo(-1);
    }
  }

  private static byte[] userProperty(String key, String value) {
    return join(text(0x26, utf8(key)), Wire.sized(utf8(value)));
  }

  private static byte[] passed(byte[] sent, int chunk, int read) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[read + 2];
    try (InputStream packets = new ReadablePackets(new Chunks(sent, chunk, false))) {
      int count = packets.read(buffer, 1, read);
      while (count >= 0) {
        out.write(buffer, 1, count);
        count = packets.read(buffer, 1, read);
      }
    }
    assertThat(buffer[0] + buffer[read + 1]).isZero();
    return out.toByteArray();
  }

  /** Bytes that come in chunks, with a time-out before each if so wanted. */
  private static final class Chunks extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int size;
    private final boolean hesitant;
    private boolean waited;

    Chunks(byte[] bytes, int size, boolean hesitant) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.size = size;
      this.hesitant = hesitant;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      waited = !waited;
      if (hesitant && waited) {
        throw new SocketTimeoutException("not yet");
      }
      return bytes.read(target, offset, Math.min(size, length));
    }
  }
}
