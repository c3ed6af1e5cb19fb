package dev.doorstep.simulator.device;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A sheet as the scanner's lamp sees it. */
final class ScannedSheet {
  private ScannedSheet() {}

  /** The JPEG of a sheet, which fills the region of the job. */
  static byte[] jpeg(BufferedImage sheet, ScanJob job) {
    BufferedImage seen =
        new BufferedImage(
            job.width() * job.dpi() / EsclScanner.UNITS_PER_INCH,
            job.height() * job.dpi() / EsclScanner.UNITS_PER_INCH,
            job.gray() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Graphics2D g = seen.createGraphics();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      g.drawImage(sheet, 0, 0, seen.getWidth(), seen.getHeight(), null);
    } finally {
      g.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(seen, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A JPEG that claims 65 535 pixels a side: its frame is changed. */
  static byte[] huge(byte[] jpeg) {
    byte[] bytes = jpeg.clone();
    for (int at = 2;
        at + 9 < bytes.length;
        at += 2 + ((bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF))) {
      if ((bytes[at + 1] & 0xFF) == 0xC0) {
        Arrays.fill(bytes, at + 5, at + 9, (byte) 0xFF);
        return bytes;
      }
    }
    throw new IllegalArgumentException("no baseline JPEG");
  }
}
