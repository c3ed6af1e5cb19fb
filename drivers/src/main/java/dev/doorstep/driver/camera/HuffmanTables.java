package dev.doorstep.driver.camera;

import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Puts the standard Huffman tables (ITU-T T.81, K.3) into a JPEG that has none. Motion JPEG may
 * leave them out, and USB cameras do; most programs that show a JPEG cannot do without.
 *
 * <pre>
 *   FF C4 | length | for each table: class and id, 16 counts, its values |  … before FF DA
 * </pre>
 */
final class HuffmanTables {
  private static final int TABLES = 0xC4;
  private static final int SCAN = 0xDA;

  private record Table(int classAndId, JPEGHuffmanTable table) {}

  private static final List<Table> STANDARD =
      List.of(
          new Table(0x00, JPEGHuffmanTable.StdDCLuminance),
          new Table(0x10, JPEGHuffmanTable.StdACLuminance),
          new Table(0x01, JPEGHuffmanTable.StdDCChrominance),
          new Table(0x11, JPEGHuffmanTable.StdACChrominance));

  private HuffmanTables() {}

  /** The same picture with tables; itself if it has some, or no scan that could need them. */
  static byte[] in(byte[] jpeg) {
    int at = 2; // after FF D8
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int kind = jpeg[at + 1] & 0xFF;
      if (kind == TABLES) {
        return jpeg;
      }
      if (kind == SCAN) {
        return withTables(jpeg, at);
      }
      int length = ((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF);
      at += kind == 0xFF ? 1 : 2 + Math.max(2, length);
    }
    return jpeg;
  }

  private static byte[] withTables(byte[] jpeg, int scan) {
    byte[] tables = segment();
    ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length + tables.length);
    out.write(jpeg, 0, scan);
    out.writeBytes(tables);
    out.write(jpeg, scan, jpeg.length - scan);
    return out.toByteArray();
  }

  private static byte[] segment() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Table standard : STANDARD) {
      body.write(standard.classAndId());
      short[] counts = standard.table().getLengths();
      for (int i = 0; i < 16; i++) {
        body.write(i < counts.length ? counts[i] : 0);
      }
      for (short value : standard.table().getValues()) {
        body.write(value);
      }
    }
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.write(0xFF);
    segment.write(TABLES);
    segment.write((body.size() + 2) >> 8);
    segment.write(body.size() + 2);
    segment.writeBytes(body.toByteArray());
    return segment.toByteArray();
  }
}
