package dev.doorstep.driver.transport;

/** Follows the frames of a device that gives their head and their rest by two endpoints. */
final class UsbFrames {
  private final UsbLayout.Head head;
  private final byte[] begun;
  private int known;
  private int rest;

  UsbFrames(UsbLayout.Head head) {
    this.head = head;
    this.begun = new byte[head.length()];
  }

  /** Whether the next bytes come by the endpoint of heads. */
  boolean awaitsHead() {
    return rest == 0;
  }

  /** Bytes came by the endpoint that was to be asked. */
  void came(byte[] bytes, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (at < end && rest == 0) {
      begun[known++] = bytes[at++];
      if (known == begun.length) {
        known = 0;
        rest = ((begun[head.restAt()] & 0xFF) << 8) | (begun[head.restAt() + 1] & 0xFF);
      }
    }
    rest = Math.max(0, rest - (end - at));
  }

  /** What was under way is thrown away. */
  void forget() {
    known = 0;
    rest = 0;
  }
}
