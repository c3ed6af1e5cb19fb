package dev.doorstep.driver.picture;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How a JPEG says that it is to be shown (EXIF 2.32, tag 274). Of the eight there are, four are
 * mirrored.
 *
 * @param mirrored whether left and right are to be swapped, before it is turned
 * @param turns by how many quarter turns clockwise it is to be turned, 0 to 3
 */
public record ExifOrientation(boolean mirrored, int turns) {
  /** As it is stored. */
  public static final ExifOrientation STORED = new ExifOrientation(false, 0);

  /**
   * What a JPEG says; as it is stored where it says nothing that can be read.
   *
   * @param jpeg whatever has come, of which the segments before the picture are enough
   */
  public static ExifOrientation of(byte[] jpeg) {
    try {
      List<JPEGSegment> segments =
          JPEGSegmentUtil.readSegments(
              new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)), JPEG.APP1, "Exif");
      for (JPEGSegment segment : segments) {
        try (InputStream data = segment.data()) {
          data.skipNBytes(1); // the second NUL after the name
          ImageInputStream tiff = new MemoryCacheImageInputStream(data);
          if (new TIFFReader().read(tiff) instanceof CompoundDirectory exif) {
            Entry entry = exif.getEntryById(TIFF.TAG_ORIENTATION);
            if (entry != null && entry.getValue() instanceof Number number) {
              return of(number.intValue());
            }
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      return STORED; // what is damaged there damages no picture
    }
    return STORED;
  }

  /** Whether it is to be shown with its width as its height. */
  public boolean lies() {
    return turns % 2 != 0;
  }

  /**
   * Brings a picture that fills the unit square, with y going up as on pages of PDF, upright in
   * that square.
   */
  public AffineTransform inUnitSquare() {
    AffineTransform upright = AffineTransform.getTranslateInstance(0.5, 0.5);
    upright.quadrantRotate(-turns);
    upright.scale(mirrored ? -1 : 1, 1);
    upright.translate(-0.5, -0.5);
    return upright;
  }

  private static ExifOrientation of(int orientation) {
    return switch (orientation) {
      case 2 -> new ExifOrientation(true, 0);
      case 3 -> new ExifOrientation(false, 2);
      case 4 -> new ExifOrientation(true, 2);
      case 5 -> new ExifOrientation(true, 3);
      case 6 -> new ExifOrientation(false, 1);
      case 7 -> new ExifOrientation(true, 1);
      case 8 -> new ExifOrientation(false, 3);
      default -> STORED;
    };
  }
}
