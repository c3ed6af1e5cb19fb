package dev.doorstep.driver.serialcodescanner;

import java.nio.ByteBuffer;

/**
 * A command: 7E 00 (bytes 0–1), type (2), length of the data (3), address (4–5), data (6), CRC of
 * type … data (7–8).
 */
enum ScannerCommand {
  /** Reads the first parameter: whether somebody answers. */
  HELLO("read a parameter", 0x07, 0x0000, 1),
  /** Writes 01 at 0002: looks for a code, as long as the module is set to. */
  TRIGGER("trigger", 0x08, 0x0002, 1);

  private final String text;
  private final int type;
  private final int address;
  private final int data;

  ScannerCommand(String text, int type, int address, int data) {
    this.text = text;
    this.type = type;
    this.address = address;
    this.data = data;
  }

  /** As error texts name it. */
  String text() {
    return text;
  }

  /** The bytes to send. */
  byte[] bytes() {
    ByteBuffer frame = ByteBuffer.allocate(9).put((byte) 0x7E).put((byte) 0);
    frame.put((byte) type).put((byte) 1).putShort((short) address).put((byte) data);
    return frame.putShort((short) Crc.of(frame.array(), 2, 7)).array();
  }
}
