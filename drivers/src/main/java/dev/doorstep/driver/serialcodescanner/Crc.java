package dev.doorstep.driver.serialcodescanner;

/** CRC-16/XMODEM: polynomial 1021, from 0, not reflected. */
final class Crc {
  private static final int POLYNOMIAL = 0x1021;

  private Crc() {}

  /** Of the bytes from one offset up to another. */
  static int of(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= (bytes[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
      }
    }
    return crc & 0xFFFF;
  }
}
