package dev.doorstep.driver.transport;

import java.util.Optional;

/**
 * Which endpoints of a USB device carry a stream of bytes.
 *
 * @param interfaceNumber the interface that they belong to
 * @param out the bulk endpoint that takes what is written, such as 0x02
 * @param in the bulk endpoint that gives what is read, such as 0x81
 * @param head of devices that have a second pair for the beginning of each frame
 */
public record UsbLayout(int interfaceNumber, int out, int in, Optional<Head> head) {
  /** Checks that the endpoints have their directions. */
  public UsbLayout {
    checkDirections(out, in);
  }

  /**
   * The pair that the beginning of a frame goes through; each write is one frame then.
   *
   * @param out the bulk endpoint that takes it
   * @param in the bulk endpoint that gives it
   * @param length of how many bytes it is
   * @param restAt where in it two bytes, the high one first, say how many follow by the other pair
   */
  public record Head(int out, int in, int length, int restAt) {
    /** Checks directions and lengths. */
    public Head {
      checkDirections(out, in);
      if (restAt < 0 || length < restAt + 2) {
        throw new IllegalArgumentException("the length of the rest stands in the head");
      }
    }
  }

  private static void checkDirections(int out, int in) {
    if ((out & ~0x0F) != 0 || (in & ~0x0F) != 0x80) {
      throw new IllegalArgumentException("out is 0x00 to 0x0F, in 0x80 to 0x8F");
    }
  }
}
