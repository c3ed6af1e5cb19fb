package dev.doorstep.driver.eloamcamera;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bytes of one message in the parts in which they came, so that a large one is held once. */
final class MessageBytes {
  private final List<byte[]> parts = new ArrayList<>();
  private int size;

  /** Takes the next part, which nobody changes any more. */
  void add(byte[] part) {
    parts.add(part);
    size += part.length;
  }

  int size() {
    return size;
  }

  /** All of them; as often as wanted. */
  InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(parts.stream().map(ByteArrayInputStream::new).toList()));
  }
}
