package dev.doorstep.driver.sanescanner;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request: the number of the call, and its arguments one after the other. */
final class SaneRequest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private SaneRequest() {}

  /** A call of this number. */
  static SaneRequest call(int number) {
    return new SaneRequest().word(number);
  }

  SaneRequest word(int value) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  /** A string with its NUL. */
  SaneRequest string(String text) {
    return room(text, text.length() + 1);
  }

  /** A string in an array of so many characters, filled up with NUL. */
  SaneRequest room(String text, int size) {
    word(size);
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(new byte[size - text.length()]);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
