package dev.doorstep.driver.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Makes pixels of a picture's bytes: three colours or grey, a byte each, and nothing else, so that
 * every step knows what it gets. How large a picture is, its head says: one that is too large is
 * refused before any memory is taken for it.
 */
final class PictureDecoder {
  /** More than a JPEG of that many pixels has. */
  static final int MOST_BYTES = 64 << 20;

  private PictureDecoder() {}

  /**
   * A picture, and its bytes, if they are a JPEG.
   *
   * @param picture left and right are swapped already if it is stored mirrored
   * @param shown what its bytes say of how it is to be shown
   */
  record Decoded(BufferedImage picture, Optional<byte[]> jpeg, ExifOrientation shown) {
    /** By how many quarter turns clockwise it is to be turned to be upright. */
    int upright() {
      return shown.turns();
    }

    /** Whether its bytes show it as it is without being turned or mirrored. */
    boolean asStored() {
      return shown.equals(ExifOrientation.STORED);
    }
  }

  static Decoded decode(InputStream source) throws IOException, Refusal {
    BufferedInputStream in = new BufferedInputStream(source, 8192);
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    if (first == 'P' && second >= '4' && second <= '6') {
      return new Decoded(Pnm.read(in), Optional.empty(), ExifOrientation.STORED);
    }
    byte[] bytes = bytes(in);
    boolean jpeg = first == 0xFF && second == 0xD8;
    if (jpeg && !ended(bytes)) {
      throw Refusal.bad("a JPEG that breaks off after %d bytes".formatted(bytes.length));
    }
    BufferedImage picture = plain(read(bytes));
    if (!jpeg) {
      return new Decoded(picture, Optional.empty(), ExifOrientation.STORED);
    }
    ExifOrientation shown = ExifOrientation.of(bytes);
    return new Decoded(
        shown.mirrored() ? Warp.mirrored(picture) : picture, Optional.of(bytes), shown);
  }

  /** Refuses what nobody has memory for. */
  static void check(long width, long height) throws Refusal {
    if (width < 1 || height < 1) {
      throw Refusal.bad("a picture of %d x %d pixels".formatted(width, height));
    }
    if (Math.max(width, height) > PictureSource.LONGEST_SIDE
        || width * height > PictureSource.MOST_PIXELS) {
      throw Refusal.tooLarge(
          "a picture of %d x %d pixels; at most %d megapixels are taken"
              .formatted(width, height, PictureSource.MOST_PIXELS / 1_000_000));
    }
  }

  /** Java's reader fills up what is missing with grey; nobody is to take that for his document. */
  private static boolean ended(byte[] jpeg) {
    for (int i = jpeg.length - 2; i > 1; i--) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xD9) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(InputStream in) throws IOException, Refusal {
    ByteArrayOutputStream all = new ByteArrayOutputStream(1 << 20);
    byte[] part = new byte[Parcel.LARGEST_PART];
    for (int count = in.read(part); count >= 0; count = in.read(part)) {
      if (all.size() + count > MOST_BYTES) {
        throw Refusal.tooLarge("a picture of more than %d MB".formatted(MOST_BYTES >> 20));
      }
      all.write(part, 0, count);
    }
    return all.toByteArray();
  }

  private static BufferedImage read(byte[] bytes) throws Refusal {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw Refusal.bad("%d bytes that are no picture".formatted(bytes.length));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        check(reader.getWidth(0), reader.getHeight(0));
        BufferedImage picture = reader.read(0);
        if (picture == null) {
          throw Refusal.bad("a picture without pixels");
        }
        return picture;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // decoders throw whatever comes to them; their words may hold what was in the file
      throw Refusal.bad("a damaged picture: " + e.getClass().getSimpleName());
    }
  }

  /** Blue, green, red or grey, a byte each; what is transparent becomes white. */
  static BufferedImage plain(BufferedImage picture) {
    int type = picture.getType();
    boolean whole = picture.getRaster().getParent() == null;
    if (whole && (type == BufferedImage.TYPE_3BYTE_BGR || type == BufferedImage.TYPE_BYTE_GRAY)) {
      return picture;
    }
    boolean grey =
        picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !picture.getColorModel().hasAlpha();
    BufferedImage plain = Canvas.blank(picture.getWidth(), picture.getHeight(), grey);
    java.awt.Graphics2D g = plain.createGraphics();
    g.drawImage(picture, 0, 0, java.awt.Color.WHITE, null);
    g.dispose();
    return plain;
  }
}
