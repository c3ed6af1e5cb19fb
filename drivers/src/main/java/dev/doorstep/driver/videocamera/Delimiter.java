package dev.doorstep.driver.videocamera;

import java.nio.charset.StandardCharsets;

/** Finds a text in a stream of bytes (Knuth, Morris and Pratt), whatever it overlaps with. */
final class Delimiter {
  private final byte[] text;
  private final int[] fallBack;
  private int matched;

  Delimiter(String text) {
    this.text = text.getBytes(StandardCharsets.ISO_8859_1);
    this.fallBack = new int[this.text.length];
    for (int i = 1, prefix = 0; i < fallBack.length; i++) {
      while (prefix > 0 && this.text[i] != this.text[prefix]) {
        prefix = fallBack[prefix - 1];
      }
      prefix += this.text[i] == this.text[prefix] ? 1 : 0;
      fallBack[i] = prefix;
    }
  }

  int length() {
    return text.length;
  }

  /** Whether the text ends with this byte; begins anew if it does. */
  boolean endsWith(int next) {
    while (matched > 0 && (byte) next != text[matched]) {
      matched = fallBack[matched - 1];
    }
    matched += (byte) next == text[matched] ? 1 : 0;
    boolean whole = matched == text.length;
    matched = whole ? 0 : matched;
    return whole;
  }
}
