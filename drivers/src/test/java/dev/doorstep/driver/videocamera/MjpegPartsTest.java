package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MjpegPartsTest {
  private static final byte[] JPEG = Jpegs.of(3, 5);

  @ParameterizedTest
  @CsvSource({"frame, --frame", "--frame, --frame", "-- frame, -- frame", "a-b--c, --a-b--c"})
  void partsWithAndWithoutALengthOneAfterTheOther(String boundary, String delimiter)
      throws IOException, DeviceException {
    MjpegParts parts =
        parts(
            boundary,
            "preamble--\r\n" + delimiter + "\r\nContent-Type: image/jpeg\r\nCONTENT-LENGTH: ",
            JPEG.length + "\r\n\r\n",
            JPEG,
            "\r\n" + delimiter + "\r\n\r\n",
            JPEG,
            "\r\n" + delimiter + "\r\n\r\n",
            JPEG,
            "\r\n" + delimiter + "--\r\n");
    assertThat(parts.next()).isEqualTo(JPEG);
    assertThat(parts.next()).startsWith(JPEG).hasSize(JPEG.length + 2);
    assertThat(parts.next()).startsWith(JPEG).hasSize(JPEG.length + 2);
    demand(ErrorCode.DISCONNECTED, parts);
  }

  @Test
  void aLengthThatIsTooShortIsMadeUpForAtTheNextBoundary() throws IOException, DeviceException {
    MjpegParts parts =
        parts(
            "b", "--b\r\nContent-Length: 4\r\n\r\n", JPEG, "\r\n--b\r\n\r\n", JPEG, "\r\n--b\r\n");
    assertThat(parts.next()).hasSize(4);
    assertThat(parts.next()).startsWith(JPEG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8388609", "999999999999999999"})
  void aPartThatAnnouncesTooMuchIsTooLarge(String length) {
    demand(
        ErrorCode.DOCUMENT_TOO_LARGE, parts("b", "--b\r\nContent-Length: " + length + "\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "ten", "", "9999999999999999999"})
  void aLengthThatIsNoneIsGarbled(String length) {
    demand(ErrorCode.GARBLED, parts("b", "--b\r\nContent-Length: " + length + "\r\n\r\n"));
  }

  @Test
  void aHeadWithoutEndIsGarbled() {
    demand(ErrorCode.GARBLED, parts("b", "--b\r\n" + "x".repeat(5000)));
    demand(ErrorCode.GARBLED, parts("b", "--b\r\n" + "X-Y: z\r\n".repeat(100)));
  }

  @Test
  void aPartWithoutEndIsTooLargeAndAStreamWithoutBoundaryIsGarbled() {
    demand(ErrorCode.DOCUMENT_TOO_LARGE, endless("--b\r\n\r\n"));
    demand(ErrorCode.GARBLED, endless(""));
  }

  @Test
  void sizesStandInTheStartOfFrame() {
    assertThat(JpegSize.of(JPEG)).contains(new JpegSize(3, 5));
    assertThat(JpegSize.of(Jpegs.of(4000, 3000))).contains(new JpegSize(4000, 3000));
    assertThat(JpegSize.of(new byte[0])).isEmpty();
    for (int length = 0; length < JPEG.length; length++) {
      Optional<JpegSize> size = JpegSize.of(Arrays.copyOf(JPEG, length));
      size.ifPresent(found -> assertThat(found).isEqualTo(new JpegSize(3, 5)));
    }
  }

  @Test
  void aPartWithoutALengthMayBeAsLargeAsOneWithALength() throws IOException, DeviceException {
    byte[] large = new byte[(8 << 20) - 100];
    assertThat(parts("b", "--b\r\n\r\n", large, "\r\n--b\r\n").next()).hasSize(large.length + 2);
    demand(
        ErrorCode.DOCUMENT_TOO_LARGE,
        parts("b", "--b\r\n\r\n", new byte[(8 << 20) + 100], "\r\n--b\r\n"));
  }

  private static MjpegParts endless(String begin) {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    return new MjpegParts(
        new SequenceInputStream(new ByteArrayInputStream(CannedCamera.response(begin)), endless),
        "b",
        100_000);
  }

  private static MjpegParts parts(String boundary, Object... bytes) {
    return new MjpegParts(new ByteArrayInputStream(CannedCamera.response(bytes)), boundary);
  }

  private static void demand(ErrorCode code, MjpegParts parts) {
    assertThatThrownBy(parts::next)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
