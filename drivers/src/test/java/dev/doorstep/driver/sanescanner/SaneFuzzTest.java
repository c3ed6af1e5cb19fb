package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.scan.Raster.Pixel;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a daemon sends is what it should be, or one of a scanner's errors. */
class SaneFuzzTest {
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(
          ErrorCode.GARBLED,
          ErrorCode.DISCONNECTED,
          ErrorCode.DEVICE_FAULT,
          ErrorCode.DOCUMENT_TOO_LARGE,
          ErrorCode.UNSUPPORTED,
          ErrorCode.DEVICE_IN_USE,
          ErrorCode.PAPER_JAM,
          ErrorCode.NO_DOCUMENT,
          ErrorCode.COVER_OPEN,
          ErrorCode.ACCESS_DENIED);

  @MethodSource("descriptors")
  @FuzzTest
  void options(byte[] sent) {
    attempt(
        () -> {
          for (SaneOption option : SaneOption.readAll(reply(sent))) {
            assertThat(option.strings()).allMatch(text -> text.length() <= sent.length);
            assertThat(option.takes(300)).isIn(true, false);
          }
        });
  }

  @MethodSource("sizes")
  @FuzzTest
  void parameters(byte[] sent) {
    attempt(
        () -> {
          SaneParameters parameters = SaneParameters.read(reply(sent));
          assertThat(parameters.raster(OptionalInt.empty()).rowBytes())
              .isLessThanOrEqualTo(parameters.rowBytes());
        });
  }

  @MethodSource("pages")
  @FuzzTest
  void page(byte[] sent) {
    for (OptionalInt lines : new OptionalInt[] {OptionalInt.of(3), OptionalInt.empty()}) {
      SaneParameters parameters = new SaneParameters(Pixel.GRAY, 8, 5, 4, lines);
      SaneFrame frame = new SaneFrame(new PlayedBytes(sent), parameters, true, patience());
      attempt(
          () -> {
            byte[] row = new byte[4];
            int rows = 0;
            while (frame.next(row)) {
              rows++;
            }
            assertThat(rows).isEqualTo(lines.orElse(rows)).isLessThanOrEqualTo(sent.length);
          });
    }
  }

  static Stream<byte[]> descriptors() {
    String none = " 00000000 00000000 00000000";
    return hex(
        "00000003 00000001 00000000 00000002 6100 00000000 00000000 00000003 00000000 00000004"
            + " 00000005 00000003 00000002 00000002 6200 00000000"
            + " 00000000"
            + none
            + " 00000001 00000004 00000004 00000005 00000001 00000000 00000001 00000009 00000001",
        "00000001 00000000"
            + none
            + " 00000002 00000004 00000004 00000005 00000002 00000002 00000001 00640000",
        "7FFFFFFF");
  }

  static Stream<byte[]> sizes() {
    return hex(
        "00000000 00000001 00000001 00000018 00000008 00000002 00000008",
        "00000000 00000000 00000001 00000001 00000008 FFFFFFFF 00000001",
        "00000007 00000000 00000001 00000001 00000008 FFFFFFFF 00000001");
  }

  static Stream<byte[]> pages() {
    return hex(
        "0000000F 000102030405060708090A0B0C0D0E FFFFFFFF 05",
        "00000005 0001020304 0000000A 05060708090A0B0C0D0E FFFFFFFF 05",
        "FFFFFFFF 07");
  }

  private interface Step {
    void run() throws DeviceException;
  }

  private static void attempt(Step step) {
    try {
      step.run();
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
      assertThat(e.getMessage()).hasSizeLessThan(300);
    }
  }

  private static Stream<byte[]> hex(String... texts) {
    return Stream.of(texts).map(text -> HexFormat.of().parseHex(text.replace(" ", "")));
  }

  private static SaneReply reply(byte[] sent) {
    return new SaneReply(new PlayedBytes(sent), patience());
  }

  private static Patience patience() {
    return Patience.until(Deadline.after(Duration.ofMinutes(1)));
  }
}
