package dev.doorstep.driver.escpos;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a printer sends is a status, a report, or one of the errors that a printer has. */
class EscPosFuzzTest {
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(
          ErrorCode.GARBLED,
          ErrorCode.DISCONNECTED,
          ErrorCode.COVER_OPEN,
          ErrorCode.OUT_OF_PAPER,
          ErrorCode.CUTTER_FAULT,
          ErrorCode.DEVICE_FAULT);
  private static final List<PrinterModel> MODELS =
      PrinterModel.names().stream().flatMap(name -> PrinterModel.named(name).stream()).toList();

  /** The first byte chooses the model. */
  @MethodSource("answers")
  @FuzzTest
  void job(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    PrinterModel model = MODELS.get((bytes[0] & 0xFF) % MODELS.size());
    PlayedBytes wire = new PlayedBytes(Arrays.copyOfRange(bytes, 1, bytes.length));
    EscPosChannel channel = new EscPosChannel(wire, model);
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    try {
      PrinterStatus before = channel.status(deadline);
      assertThat(before.toString()).hasSizeLessThan(32);
      assertThat(before.paper().name()).isEqualTo("paper");
      channel.settle(deadline);
      channel.awaitPrinted(deadline);
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
      assertThat(e.getMessage()).hasSizeLessThan(256);
    }
    if (channel.cleared(deadline)) {
      assertThat(HexFormat.of().formatHex(bytes)).as("the printer said so").contains("372500");
    }
  }

  static Stream<byte[]> answers() {
    return Stream.of(
            "0012121212001212121200",
            "001612321a",
            "00120012ff12127200101212",
            "00121212120037373725003d")
        .map(HexFormat.of()::parseHex);
  }
}
