package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a broker sends passes or ends the connection, however it is read. */
class ReadablePacketsFuzzTest {
  /** What a rewritten head may be longer than what came: another topic, an empty section. */
  private static final int LONGER = 32;

  @MethodSource("connections")
  @FuzzTest
  void packets(byte[] sent) {
    byte[] atOnce = passed(sent, 1 << 16);

    assertThat(passed(sent, 1)).isEqualTo(atOnce);
    assertThat(atOnce).hasSizeLessThanOrEqualTo(sent.length + LONGER * (1 + sent.length / 5));
  }

  /** What passed once passes again as it is. */
  @MethodSource("connections")
  @FuzzTest
  void packetsThatPassed(byte[] sent) {
    byte[] once = passed(sent, 1 << 16);

    assertThat(passed(once, 1 << 16)).isEqualTo(once);
  }

  @MethodSource("sections")
  @FuzzTest
  void properties(byte[] section) {
    ByteBuffer whole = ByteBuffer.wrap(section);
    if (PropertySection.readableInPublish(whole)) {
      assertThat(whole.hasRemaining()).isFalse();
    }
    PropertySection.find(PropertySection.RECEIVE_MAXIMUM, ByteBuffer.wrap(section))
        .ifPresent(at -> assertThat(at).isBetween(1, section.length - 2));
  }

  static Stream<byte[]> connections() {
    byte[] connack = Wire.connack(Wire.receiveMaximum(65_535));
    byte[] command = Wire.publish("doorstep/v1/p/command/d", Wire.correlation(9), Wire.utf8("{}"));
    byte[] control = Wire.publish("a\u0001b", Wire.text(8, Wire.utf8("x")), Wire.utf8("y"));
    return Stream.of(
        Wire.join(connack, command, Wire.PING_RESPONSE, control),
        Wire.publish("a", Wire.correlation(33_000), Wire.utf8("z")),
        Wire.join(Wire.publish(0x30, Wire.utf8("t"), Wire.NONE, Wire.NONE), connack));
  }

  static Stream<byte[]> sections() {
    return Stream.of(
        Wire.join(Wire.correlation(3), Wire.text(8, Wire.utf8("t")), Wire.text(3, Wire.utf8("u"))),
        Wire.join(new byte[] {0x0B, 1, 0x0B, (byte) 0x80, 1}, Wire.receiveMaximum(9)),
        Wire.join(new byte[] {0x26}, Wire.sized(Wire.utf8("k")), Wire.sized(Wire.utf8("v"))));
  }

  private static byte[] passed(byte[] sent, int most) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    byte[] buffer = new byte[most];
    try (ReadablePackets packets = new ReadablePackets(new ByteArrayInputStream(sent))) {
      for (int n = packets.read(buffer, 0, most); n >= 0; n = packets.read(buffer, 0, most)) {
        passed.write(buffer, 0, n);
      }
    } catch (IOException e) {
      return passed.toByteArray(); // the connection ends here
    }
    return passed.toByteArray();
  }
}
