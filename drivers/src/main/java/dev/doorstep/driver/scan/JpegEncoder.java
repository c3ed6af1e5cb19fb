package dev.doorstep.driver.scan;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStreamImpl;
import org.w3c.dom.Element;

/**
 * JPEG by ImageIO, from rows that are made while they are encoded: its writer asks the raster for
 * one row after the other, and this one reads each when it is asked for.
 */
final class JpegEncoder {
  private static final String METADATA = "javax_imageio_jpeg_image_1.0";

  private JpegEncoder() {}

  /**
   * Writes a page as a JPEG.
   *
   * @param quality 1 to 100
   */
  static void encode(Raster raster, PagePixels pixels, int quality, OutputStream out)
      throws IOException {
    BufferedImage picture = picture(raster, pixels);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (Sink sink = new Sink(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality / 100f);
      IIOMetadata about =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), how);
      if (raster.dpi().isPresent()) {
        tellDensity(about, Integer.toString(raster.dpi().getAsInt()));
      }
      writer.setOutput(sink);
      writer.write(about, new IIOImage(picture, null, about), how);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      writer.dispose();
    }
  }

  private static void tellDensity(IIOMetadata about, String dpi) throws IOException {
    IIOMetadataNode tree = (IIOMetadataNode) about.getAsTree(METADATA);
    if (tree.getElementsByTagName("app0JFIF").item(0) instanceof Element jfif) {
      jfif.setAttribute("resUnits", "1");
      jfif.setAttribute("Xdensity", dpi);
      jfif.setAttribute("Ydensity", dpi);
      about.setFromTree(METADATA, tree);
    }
  }

  private static BufferedImage picture(Raster raster, PagePixels pixels) {
    boolean colour = raster.pixel() == Raster.Pixel.RGB;
    int bands = colour ? 3 : 1;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(colour ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, new Page(raster, bands, pixels), false, null);
  }

  private static PixelInterleavedSampleModel layout(int width, int height, int bands) {
    int[] offsets = bands == 3 ? new int[] {0, 1, 2} : new int[] {0};
    return new PixelInterleavedSampleModel(
        DataBuffer.TYPE_BYTE, width, height, bands, bands * width, offsets);
  }

  /** A raster that holds a row: the one that was asked for last. */
  private static final class Page extends WritableRaster {
    private final Raster raster;
    private final int bands;
    private final PagePixels pixels;
    private final byte[] row;
    private final byte[] bytes;
    private int next;

    Page(Raster raster, int bands, PagePixels pixels) {
      super(
          layout(raster.width(), raster.height().orElseThrow(), bands),
          new DataBufferByte(bands * raster.width()),
          new Rectangle(raster.width(), raster.height().orElseThrow()),
          new Point(0, 0),
          null);
      this.raster = raster;
      this.bands = bands;
      this.pixels = pixels;
      this.row = new byte[raster.rowBytes()];
      this.bytes = raster.pixel() == Raster.Pixel.BIT ? new byte[raster.width()] : row;
    }

    @Override
    public java.awt.image.Raster createChild(
        int x, int y, int width, int height, int toX, int toY, int[] someBands) {
      if (x != 0 || y != next || width != raster.width() || height != 1) {
        throw new IllegalStateException("the encoder does not take row after row");
      }
      try {
        pixels.next(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      next++;
      if (raster.pixel() == Raster.Pixel.BIT) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) ((row[i / 8] >> (7 - i % 8) & 1) == 0 ? 0 : 0xFF);
        }
      }
      return java.awt.image.Raster.createRaster(
          layout(width, 1, bands), new DataBufferByte(bytes, bytes.length), new Point(toX, toY));
    }
  }

  /** Passes on what is written; ImageIO's own stream would keep all of it. */
  private static final class Sink extends ImageOutputStreamImpl {
    private final OutputStream out;

    Sink(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      flushBits();
      out.write(b);
      streamPos++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      flushBits();
      out.write(bytes, offset, length);
      streamPos += length;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("is written only");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw new IOException("is written only");
    }
  }
}
