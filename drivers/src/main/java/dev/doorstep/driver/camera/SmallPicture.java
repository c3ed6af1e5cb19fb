package dev.doorstep.driver.camera;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes pictures small enough to look at. Only every n-th pixel is decoded, so that a picture of
 * any size takes a few megabytes of memory.
 */
final class SmallPicture {
  private static final float QUALITY = 0.6f;

  private SmallPicture() {}

  /** The picture no wider than that, or empty if it cannot be decoded. */
  static Optional<byte[]> of(Frame frame, int width) {
    if (frame.size().width() <= width) {
      return Optional.of(frame.jpeg());
    }
    try {
      return Optional.of(encode(scaled(decoded(frame, width), width)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the decoders of the JDK throw much at broken pictures
    }
  }

  /** The picture between that wide and twice as wide, if it is not smaller. */
  static BufferedImage decoded(Frame frame, int width) throws IOException {
    JpegSize size = frame.size();
    int step = Math.max(1, size.width() / width);
    return decoded(frame, new Rectangle(0, 0, size.width(), size.height()), step);
  }

  /** Every n-th pixel of every n-th row of a part of the picture. */
  static BufferedImage decoded(Frame frame, Rectangle part, int step) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    ImageReader reader = readers.next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame.jpeg()))) {
      reader.setInput(in, true, true);
      ImageReadParam every = reader.getDefaultReadParam();
      every.setSourceRegion(part);
      every.setSourceSubsampling(step, step, 0, 0);
      return reader.read(0, every);
    } finally {
      reader.dispose();
    }
  }

  /** The brightness of its pixels, a byte each, row by row. */
  static byte[] grey(BufferedImage picture) {
    int width = picture.getWidth();
    byte[] grey = new byte[width * picture.getHeight()];
    int[] row = new int[width];
    for (int y = 0, at = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++, at++) {
        int rgb = row[x];
        grey[at] = (byte) (((rgb >> 16 & 0xFF) + 2 * (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 4);
      }
    }
    return grey;
  }

  private static BufferedImage scaled(BufferedImage picture, int width) {
    int height = Math.max(1, picture.getHeight() * width / picture.getWidth());
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = small.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(picture, 0, 0, width, height, null);
    pen.dispose();
    return small;
  }

  private static byte[] encode(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
