package dev.doorstep.driver.serialpad;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a pad sends is a reply, a key, or nothing. */
class SerialPadFuzzTest {
  /** The first byte chooses the model, and whether the pad is asked for a reply first. */
  @MethodSource("sent")
  @FuzzTest
  void line(byte[] bytes) throws DeviceException {
    if (bytes.length == 0) {
      return;
    }
    PadModel model = model((bytes[0] & 1) == 0 ? "example-framed" : "example-digits");
    PlayedBytes wire = new PlayedBytes(Arrays.copyOfRange(bytes, 1, bytes.length));
    PadLine line = new PadLine(wire, model);
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    int keys = 0;
    try {
      if ((bytes[0] & 2) != 0) {
        line.demandThere(deadline);
      }
      while (true) {
        Optional<Integer> key = line.key(deadline);
        assertThat(key.orElseThrow()).isBetween(0, 255);
        keys++;
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DISCONNECTED); // the bytes are at their end
      assertThat(keys * model.frame().parts().size()).isLessThan(bytes.length);
    }
  }

  static Stream<byte[]> sent() {
    return Stream.of(
            "00a5014b034f", "02a50152005300a5014b024e", "00a5014ba5014b034fa501", "0135ff31", "03")
        .map(HexFormat.of()::parseHex);
  }

  private static PadModel model(String name) throws DeviceException {
    return PadModel.of(
        new DeviceSettings("pad", Connection.parse("tcp:127.0.0.1:1"), Map.of("model", name)));
  }
}
