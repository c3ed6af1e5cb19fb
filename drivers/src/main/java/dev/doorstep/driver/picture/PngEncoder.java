package dev.doorstep.driver.picture;

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
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes PNGs. */
final class PngEncoder {
  private static final String NATIVE = "javax_imageio_png_1.0";
  private static final double MILLIMETRES = 1000;

  private PngEncoder() {}

  static byte[] encode(BufferedImage picture, Optional<PageSize> size) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(picture), param);
      if (size.isPresent()) {
        density(metadata, picture.getWidth() / (size.get().width() / MILLIMETRES));
      }
      writer.write(null, new IIOImage(picture, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void density(IIOMetadata metadata, double dotsPerMetre) throws IOException {
    IIOMetadataNode root = new IIOMetadataNode(NATIVE);
    IIOMetadataNode dots = new IIOMetadataNode("pHYs");
    String value = Long.toString(Math.round(dotsPerMetre));
    dots.setAttribute("pixelsPerUnitXAxis", value);
    dots.setAttribute("pixelsPerUnitYAxis", value);
    dots.setAttribute("unitSpecifier", "meter");
    root.appendChild(dots);
    metadata.mergeTree(NATIVE, root);
  }
}
