package dev.doorstep.driver.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a scanner sends for a JPEG is one, as far as it matters, or an error. */
class ScanFuzzTest {
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(ErrorCode.GARBLED, ErrorCode.UNSUPPORTED, ErrorCode.DOCUMENT_TOO_LARGE);

  private final NoPictures none = new NoPictures();

  @MethodSource("jpegs")
  @FuzzTest
  void page(byte[] sent) {
    TestCall call = new TestCall(Duration.ofMinutes(1));
    for (Format format : new Format[] {Format.JPEG, Format.PDF}) {
      try (ScannedPages pages = none.begin(CaptureDocument.plain(format), call)) {
        pages.add(new ByteArrayInputStream(sent), OptionalInt.of(300));
        CapturedDocument document = pages.finish();
        assertThat(document.width()).isBetween(1, Raster.LONGEST);
        assertThat(document.content().size()).isGreaterThanOrEqualTo(sent.length);
      } catch (DeviceException e) {
        assertThat(e.code()).isIn(ERRORS);
        assertThat(e.getMessage()).hasSizeLessThan(300);
      }
    }
  }

  static Stream<byte[]> jpegs() {
    return Stream.of(
            "FFD8 FFE00010 4A46494600010201012C012C0000 FFC0000B 08 0010 0020 01 011100 FFD9",
            "FFD8 FFFFFFDB0004 0102 FFC20011 08 0001 0001 03 011100 021101 031101 FFD9 0000",
            "FFD8 FFC40001 FFD9")
        .map(text -> HexFormat.of().parseHex(text.replace(" ", "")));
  }
}
