package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the values of a reply. What is there to read, in bytes and in elements, is bounded before
 * any room is made for it.
 */
final class SaneReply {
  /** The longest reply in bytes; descriptors of all options of a scanner have some 20 000. */
  private static final int LONGEST = 1 << 20;

  private static final int LONGEST_STRING = 1 << 16;
  private static final int MOST_ELEMENTS = 4096;

  private final Transport transport;
  private final Patience patience;
  private final byte[] buffer = new byte[4096];
  private int next;
  private int end;
  private int taken;

  /** Begins where a reply begins. */
  SaneReply(Transport transport, Patience patience) {
    this.transport = transport;
    this.patience = patience;
  }

  int word() throws DeviceException {
    return u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  int u8() throws DeviceException {
    if (next == end) {
      if (taken > LONGEST) {
        throw garbled("a reply of more than " + LONGEST + " bytes");
      }
      end = patience.read(transport, buffer, 0, buffer.length);
      next = 0;
      taken += end;
    }
    return buffer[next++] & 0xFF;
  }

  /** A string without its NUL; an absent one is empty. */
  String string() throws DeviceException {
    int length = word();
    if (length < 0 || length > LONGEST_STRING) {
      throw garbled("a string of %08X bytes".formatted(length));
    }
    byte[] text = new byte[length];
    int size = length;
    for (int i = 0; i < length; i++) {
      text[i] = (byte) u8();
      if (text[i] == 0 && size == length) {
        size = i;
      }
    }
    return new String(text, 0, size, StandardCharsets.ISO_8859_1);
  }

  /** How many elements an array has. */
  int elements() throws DeviceException {
    int count = word();
    if (count < 0 || count > MOST_ELEMENTS) {
      throw garbled("an array of %08X elements".formatted(count));
    }
    return count;
  }

  /** An array of words. */
  List<Integer> words() throws DeviceException {
    int count = elements();
    List<Integer> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(word());
    }
    return words;
  }

  /** Whether a pointer points to something, which then follows. */
  boolean present() throws DeviceException {
    return word() == 0;
  }

  /** Makes sure that nothing stands behind the reply. */
  void end() throws DeviceException {
    if (next != end) {
      throw garbled((end - next) + " bytes behind a reply");
    }
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, "SANE: " + what);
  }
}
