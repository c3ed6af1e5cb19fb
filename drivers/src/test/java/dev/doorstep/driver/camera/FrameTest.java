package dev.doorstep.driver.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a picture of a camera, and what nobody has memory for. */
class FrameTest {
  @ParameterizedTest
  @CsvSource({
    "c0, 8000, 8000, true",
    "c0, 8001, 8000, false",
    "c0, 32768, 100, false",
    "c0, 100, 32768, false",
    "c2, 4000, 4000, true",
    "c2, 4001, 4000, false",
    "c6, 8000, 8000, false",
    "c1, 8000, 8000, true",
    "c0, 0, 100, false",
  })
  void isAsLargeAsCanBeWorkedOn(String kind, int width, int height, boolean taken) {
    byte[] jpeg =
        HexFormat.of()
            .parseHex("ffd8ff%s000b08%04x%04x01011100ffd9".formatted(kind, height, width));
    Optional<JpegSize> size = Frame.of(jpeg).map(Frame::size);
    assertThat(size).isEqualTo(taken ? Optional.of(new JpegSize(width, height)) : Optional.empty());
  }
}
