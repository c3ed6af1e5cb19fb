package dev.doorstep.driver.echo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an echo service sends is lines, or too long for one. */
class EchoFuzzTest {
  @MethodSource("lines")
  @FuzzTest
  void lines(byte[] sent) {
    PlayedBytes wire = new PlayedBytes(sent);
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    try {
      while (true) {
        EchoLine line = EchoLine.read(wire, deadline);
        assertThat(line.word()).doesNotContain(" ", "\n");
        assertThat(line.text()).doesNotContain("\n");
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ErrorCode.GARBLED, ErrorCode.DISCONNECTED);
    }
  }

  static Stream<byte[]> lines() {
    return Stream.of("OK you said\nERR\n\n x\n", "OK " + "y".repeat(1001))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
