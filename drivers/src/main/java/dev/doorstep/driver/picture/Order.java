package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is to be done to the pages of one document, as it is told to the worker.
 *
 * <pre>
 *   2 + n   form: a name of CaptureDocument.Format
 *   2 + n   colour: a name of CaptureDocument.Color
 *   1       flags: 1 card, 2 crop, 4 deskew, 8 clean, 16 codes
 *   1       quarter turns clockwise
 *   1       quality of JPEG, 1 to 100, 0 for the usual one
 *   2       dots per inch of the result, 0 for as many as there are
 *   4       most bytes of a JPEG, 0 for any number
 * </pre>
 */
record Order(
    CaptureDocument.Format format,
    CaptureDocument.Color color,
    boolean card,
    boolean crop,
    boolean deskew,
    boolean clean,
    boolean codes,
    int turns,
    int quality,
    int dpi,
    int largest) {
  private static final int USUAL_QUALITY = 85;

  Order {
    if (turns < 0 || turns > 3 || quality < 0 || quality > 100 || dpi < 0 || largest < 0) {
      throw new IllegalArgumentException("no such order");
    }
  }

  static Order of(CaptureDocument wishes) {
    return new Order(
        wishes.format(),
        wishes.color(),
        wishes.layout() == CaptureDocument.Layout.CARD,
        wishes.crop(),
        wishes.deskew(),
        wishes.clean(),
        wishes.codes(),
        wishes.rotate() / 90,
        wishes.quality().orElse(0),
        wishes.dpi().orElse(0),
        wishes.largest().orElse(0));
  }

  /** Whether a page may stay as it came, were it in the right form. */
  boolean untouched() {
    return color == CaptureDocument.Color.COLOR
        && !card
        && !crop
        && !deskew
        && !clean
        && turns == 0
        && quality == 0
        && largest == 0;
  }

  /** The quality of a JPEG that is made. */
  int jpegQuality() {
    return quality == 0 ? USUAL_QUALITY : quality;
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(format.name());
    out.writeUTF(color.name());
    out.writeByte(
        (card ? 1 : 0) | (crop ? 2 : 0) | (deskew ? 4 : 0) | (clean ? 8 : 0) | (codes ? 16 : 0));
    out.writeByte(turns);
    out.writeByte(quality);
    out.writeShort(dpi);
    out.writeInt(largest);
  }

  static Order read(DataInput in) throws IOException {
    try {
      CaptureDocument.Format format = CaptureDocument.Format.valueOf(in.readUTF());
      CaptureDocument.Color color = CaptureDocument.Color.valueOf(in.readUTF());
      int flags = in.readUnsignedByte();
      return new Order(
          format,
          color,
          (flags & 1) != 0,
          (flags & 2) != 0,
          (flags & 4) != 0,
          (flags & 8) != 0,
          (flags & 16) != 0,
          in.readUnsignedByte(),
          in.readUnsignedByte(),
          in.readUnsignedShort(),
          in.readInt());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
