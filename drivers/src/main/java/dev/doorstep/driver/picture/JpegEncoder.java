package dev.doorstep.driver.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Makes JPEGs, by quality or so that they fit. */
final class JpegEncoder {
  private static final int WORST_QUALITY = 20; // below, letters drown; then rather fewer pixels
  private static final String NATIVE = "javax_imageio_jpeg_image_1.0";

  private JpegEncoder() {}

  /** A JPEG of that quality, 1 to 100. */
  static byte[] encode(BufferedImage picture, int quality, Optional<PageSize> size)
      throws IOException {
    BufferedImage plain =
        picture.getType() == BufferedImage.TYPE_BYTE_BINARY ? grey(picture) : picture;
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(plain.getWidth() * plain.getHeight() / 8 + 1024);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality / 100f);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(plain), param);
      if (size.isPresent()) {
        density(metadata, plain.getWidth() / size.get().inchesWide());
      }
      writer.write(null, new IIOImage(plain, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A JPEG and how large it became. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, changed by nobody
  record Fitting(byte[] jpeg, int width, int height) {}

  /** A JPEG of at most so many bytes: of less quality, and if need be of fewer pixels. */
  static Fitting fitting(BufferedImage picture, int quality, Optional<PageSize> size, int largest)
      throws IOException, Refusal {
    BufferedImage smaller = picture;
    while (true) {
      byte[] jpeg = encode(smaller, quality, size);
      if (jpeg.length <= largest) {
        return new Fitting(jpeg, smaller.getWidth(), smaller.getHeight());
      }
      byte[] worst = encode(smaller, Math.min(quality, WORST_QUALITY), size);
      if (worst.length <= largest) {
        byte[] best =
            best(smaller, Math.min(quality, WORST_QUALITY), quality, size, largest, worst);
        return new Fitting(best, smaller.getWidth(), smaller.getHeight());
      }
      double scale = Math.max(0.3, 0.9 * Math.sqrt(largest / (double) worst.length));
      int width = (int) (smaller.getWidth() * scale);
      int height = (int) (smaller.getHeight() * scale);
      if (width < 16 || height < 16) {
        throw Refusal.tooLarge("no JPEG of " + largest + " bytes can be made of it");
      }
      smaller = scaled(smaller, width, height);
    }
  }

  private static byte[] best(
      BufferedImage picture, int fits, int not, Optional<PageSize> size, int largest, byte[] worst)
      throws IOException {
    int low = fits;
    int high = not;
    byte[] best = worst;
    while (high - low > 2) {
      int middle = (low + high) / 2;
      byte[] jpeg = encode(picture, middle, size);
      if (jpeg.length <= largest) {
        best = jpeg;
        low = middle;
      } else {
        high = middle;
      }
    }
    return best;
  }

  /** The dots per inch are told in its head. */
  private static void density(IIOMetadata metadata, double dpi) throws IOException {
    Element root = (Element) metadata.getAsTree(NATIVE);
    Node jfif = root.getElementsByTagName("app0JFIF").item(0);
    if (jfif instanceof Element head && dpi >= 1 && dpi < 65_535) {
      String dots = Long.toString(Math.round(dpi));
      head.setAttribute("resUnits", "1");
      head.setAttribute("Xdensity", dots);
      head.setAttribute("Ydensity", dots);
      metadata.setFromTree(NATIVE, root);
    }
  }

  static BufferedImage scaled(BufferedImage picture, int width, int height) {
    BufferedImage result =
        Canvas.blank(width, height, picture.getType() != BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = result.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(picture, 0, 0, width, height, null);
    g.dispose();
    return result;
  }

  private static BufferedImage grey(BufferedImage bits) {
    return scaled(bits, bits.getWidth(), bits.getHeight());
  }
}
