package dev.doorstep.driver.serialcodescanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.serialcodescanner.ScannerOptions.Ending;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.operation.ScannedCode;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a scanner sends is a reply, codes, or one of its errors, which tell nothing of it. */
class CodeScannerFuzzTest {
  private static final List<Ending> ENDINGS = List.of(Ending.values());
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(ErrorCode.GARBLED, ErrorCode.DISCONNECTED, ErrorCode.DEVICE_FAULT);

  /** The first byte chooses how it is set up. */
  @MethodSource("answers")
  @FuzzTest
  void line(byte[] bytes) throws InvalidMessageException {
    if (bytes.length == 0) {
      return;
    }
    Ending ending = ENDINGS.get(bytes[0] & 3);
    ScannerOptions options =
        new ScannerOptions(ending, Charset.forName("GBK"), (bytes[0] & 4) != 0, true, false);
    PlayedBytes wire = new PlayedBytes(Arrays.copyOfRange(bytes, 1, bytes.length));
    ScannerLine line = new ScannerLine(wire, new CodeFramer(ending));
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    try {
      if ((bytes[0] & 8) != 0) {
        line.command(ScannerCommand.TRIGGER, deadline);
      }
      for (Optional<byte[]> code = line.code(deadline);
          code.isPresent();
          code = line.code(deadline)) {
        assertThat(code.get()).isNotEmpty().hasSizeLessThanOrEqualTo(CodeFramer.LONGEST);
        byte[] json = Codec.write(ScannedText.of(code.get(), options));
        assertThat(Codec.write(Codec.read(ScannedCode.class, json))).isEqualTo(json);
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
      assertThat(e.getMessage()).hasSizeLessThan(256);
    }
  }

  static Stream<byte[]> answers() {
    return Stream.of(
            "08020000010033313132330d",
            "0d0202000200000100abcd5d513178c2eb0d0a",
            "0e02000001013333",
            "004142430d4445460d0a",
            "0402000001")
        .map(HexFormat.of()::parseHex);
  }
}
