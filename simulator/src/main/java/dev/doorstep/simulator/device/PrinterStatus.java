package dev.doorstep.simulator.device;

/**
 * The state that a receipt printer reports, and its bytes: DLE EOT n (one byte, {@code b & 93h ==
 * 12h}), GS a (four bytes, the first {@code b & 93h == 10h}) and GS r, from Epson's ESC/POS command
 * reference.
 */
final class PrinterStatus {

  /** What confirms DLE DC4 8. */
  static final byte[] CLEARED = Bytes.of(0x37, 0x25, 0);

  private static final int FIXED = 0x12;

  private Paper paper = Paper.OK;
  private boolean coverOpen;
  private boolean cutterError;

  void paper(Paper now) {
    paper = now;
  }

  void coverOpen(boolean open) {
    coverOpen = open;
  }

  void cutterError(boolean jammed) {
    cutterError = jammed;
  }

  boolean offline() {
    return paper == Paper.END || coverOpen || cutterError;
  }

  /**
   * The answer to DLE EOT n.
   *
   * <pre>
   * n=1: b3 offline   n=2: b2 cover, b5 stopped by paper end, b6 error
   * n=3: b3 cutter    n=4: b2+b3 near end, b5+b6 end
   * </pre>
   */
  byte[] realTime(int n) {
    int bits =
        switch (n) {
          case 1 -> bit(offline(), 0x08);
          case 2 -> bit(coverOpen, 0x04) | bit(paper == Paper.END, 0x20) | bit(cutterError, 0x40);
          case 3 -> bit(cutterError, 0x08);
          default -> bit(paper == Paper.NEAR_END, 0x0C) | bit(paper == Paper.END, 0x60);
        };
    return Bytes.of(FIXED | bits);
  }

  /**
   * The four bytes of automatic status: 1: b3 offline, b5 cover; 2: b3 cutter; 3: b0+b1 near end,
   * b2+b3 end; 4: nothing.
   */
  byte[] automatic() {
    return Bytes.of(
        0x10 | bit(offline(), 0x08) | bit(coverOpen, 0x20),
        bit(cutterError, 0x08),
        bit(paper == Paper.NEAR_END, 0x03) | bit(paper == Paper.END, 0x0C),
        0);
  }

  /** The answer to GS r n: 1 paper (b0+b1 near end, b2+b3 end), else the drawer, which is shut. */
  byte[] paperReport(int n) {
    return n % 48 == 1
        ? Bytes.of(bit(paper == Paper.NEAR_END, 0x03) | bit(paper == Paper.END, 0x0C))
        : Bytes.of(0);
  }

  private static int bit(boolean set, int mask) {
    return set ? mask : 0;
  }
}
