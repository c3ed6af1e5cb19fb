package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Measures what a document costs: how many times as long as its decoding and encoding alone it
 * takes, and the most memory that this process ever had. Run as the worker is; arguments: the
 * megapixels, and how often.
 */
public final class PictureFigures {
  private PictureFigures() {}

  /** Prints one line. */
  public static void main(String[] arguments) throws IOException, Refusal {
    javax.imageio.ImageIO.setUseCache(false);
    double megapixels = Double.parseDouble(arguments[0]);
    int times = Integer.parseInt(arguments[1]);
    Path file = Path.of(arguments[2]);
    if (Files.notExists(file)) {
      BufferedImage picture = PageScenes.scene(Wishes.CLEAR_PAGE, megapixels).picture();
      Files.write(file, JpegEncoder.encode(picture, 85, Optional.empty()));
      return;
    }
    byte[] jpeg = Files.readAllBytes(file);
    Order order = Order.of(Wishes.of(Format.JPEG).crop().wishes());
    long[] alone = new long[times];
    long[] whole = new long[times];
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      PictureDecoder.Decoded decoded = PictureDecoder.decode(new ByteArrayInputStream(jpeg));
      JpegEncoder.encode(decoded.picture(), 85, Optional.empty());
      alone[i] = System.nanoTime() - begun;
      begun = System.nanoTime();
      DocumentMaker maker = new DocumentMaker(order);
      maker.add(new ByteArrayInputStream(jpeg), PictureSource.View.CAMERA, 0, false);
      maker.finish();
      whole[i] = System.nanoTime() - begun;
    }
    System.out.printf(
        "%.0f megapixels: %d ms decode and encode alone, %d ms with the page found and flat, %.2f times; first %d ms; %s%n",
        megapixels,
        median(alone),
        median(whole),
        median(whole) / (double) median(alone),
        whole[0] / 1_000_000,
        memory(Path.of("/proc/self/status")));
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1_000_000;
  }

  /** The most memory that a process ever had, as Linux tells it. */
  static String memory(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("");
  }
}
