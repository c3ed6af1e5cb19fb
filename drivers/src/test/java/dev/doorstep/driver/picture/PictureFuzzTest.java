package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes as a picture becomes one or is refused, and the worker outlives every request. */
class PictureFuzzTest {
  @MethodSource("pictures")
  @FuzzTest
  void pictures(byte[] bytes) throws IOException {
    try {
      PictureDecoder.Decoded decoded = PictureDecoder.decode(new ByteArrayInputStream(bytes));
      long pixels = (long) decoded.picture().getWidth() * decoded.picture().getHeight();
      assertThat(pixels).isBetween(1L, PictureSource.MOST_PIXELS);
      assertThat(decoded.upright()).isBetween(0, 3);
    } catch (Refusal e) {
      assertThat(e.getMessage()).hasSizeLessThan(200);
    }
  }

  @MethodSource("requests")
  @FuzzTest
  void requests(byte[] bytes) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try {
      new PictureWorker(new ByteArrayInputStream(bytes), answers).serve();
    } catch (IOException e) {
      assertThat(e).isNotNull(); // the owner broke off, or speaks another language: it ends
    }
  }

  static Stream<byte[]> pictures() throws IOException {
    return Stream.of(
        picture(),
        PngEncoder.encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB), Optional.empty()),
        "P6\n2 1\n255\nabcdef".getBytes(StandardCharsets.US_ASCII),
        "P4 # a remark\n9 1 xx".getBytes(StandardCharsets.US_ASCII),
        "P5\n99999999999 1\n255\n".getBytes(StandardCharsets.US_ASCII));
  }

  static Stream<byte[]> requests() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(PictureWorker.BEGIN);
      Order.of(CaptureDocument.plain(Format.PDF)).write(out);
      out.writeByte(PictureWorker.PAGE);
      out.writeByte(0);
      out.writeShort(300);
      Parcel.send(picture(), out);
      out.writeByte(PictureWorker.FINISH);
    }
    return Stream.of(bytes.toByteArray(), new byte[] {PictureWorker.FINISH}, new byte[] {0});
  }

  private static byte[] picture() throws IOException {
    return JpegEncoder.encode(Canvas.blank(24, 16, false), 80, Optional.empty());
  }
}
