package dev.doorstep.driver.serialpad;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a frame looks like, byte by byte, as {@code A5 | 01 4B key sum}.
 *
 * @param parts one for each byte
 * @param counted the first byte that the checksum counts
 */
record FramePattern(List<Part> parts, int counted) {
  /** Longer than any frame of a pad has to be. */
  static final int LONGEST = 32;

  private static final Pattern WORD = Pattern.compile("key|any|sum|xor|[0-9A-Fa-f]{2}");

  /** What a byte of a frame is. */
  enum Kind {
    /** Always the same. */
    FIXED,
    KEY,
    ANY,
    SUM,
    XOR
  }

  /** A byte of a frame; its value counts if it is fixed. */
  record Part(Kind kind, int value) {
    private boolean isChecksum() {
      return kind == Kind.SUM || kind == Kind.XOR;
    }
  }

  /** Checks that there is one checksum at most. */
  FramePattern {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > LONGEST) {
      throw new IllegalArgumentException("a frame has 1 to %d bytes".formatted(LONGEST));
    }
    if (parts.stream().filter(Part::isChecksum).count() > 1) {
      throw new IllegalArgumentException("a frame has one checksum at most");
    }
    if (counted >= parts.size() || parts.subList(0, counted).stream().anyMatch(Part::isChecksum)) {
      throw new IllegalArgumentException("| stands before what the checksum counts");
    }
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static FramePattern parse(String text) {
    List<String> words = Arrays.stream(text.strip().split(" +")).toList();
    int bar = words.indexOf("|");
    List<Part> parts =
        words.stream().filter(word -> !word.equals("|")).map(FramePattern::part).toList();
    if (words.size() - parts.size() > 1) {
      throw new IllegalArgumentException("| stands once at most");
    }
    return new FramePattern(parts, Math.max(bar, 0));
  }

  /** How many of its bytes are of a kind. */
  int count(Kind kind) {
    return (int) parts.stream().filter(part -> part.kind() == kind).count();
  }

  /** Its bytes, of a frame that has no key and nothing that may be anything. */
  byte[] bytes() {
    byte[] bytes = new byte[parts.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (parts.get(i).isChecksum() ? checksum(bytes, i) : parts.get(i).value());
    }
    return bytes;
  }

  /** Whether the first so many bytes may be the beginning of such a frame, or all of one. */
  boolean begins(byte[] bytes, int length) {
    if (length > parts.size()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      Part part = parts.get(i);
      int b = bytes[i] & 0xFF;
      if ((part.kind() == Kind.FIXED && b != part.value())
          || (part.isChecksum() && b != checksum(bytes, i))) {
        return false;
      }
    }
    return true;
  }

  /** Which key a whole frame tells; empty if it is a frame without. */
  OptionalInt key(byte[] bytes) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).kind() == Kind.KEY) {
        return OptionalInt.of(bytes[i] & 0xFF);
      }
    }
    return OptionalInt.empty();
  }

  private int checksum(byte[] bytes, int end) {
    int sum = 0;
    for (int i = counted; i < end; i++) {
      int b = bytes[i] & 0xFF;
      sum = parts.get(end).kind() == Kind.SUM ? sum + b : sum ^ b;
    }
    return sum & 0xFF;
  }

  private static Part part(String word) {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "a frame is made of bytes of two hex digits, key, any, |, sum and xor");
    }
    return switch (word) {
      case "key" -> new Part(Kind.KEY, 0);
      case "any" -> new Part(Kind.ANY, 0);
      case "sum" -> new Part(Kind.SUM, 0);
      case "xor" -> new Part(Kind.XOR, 0);
      default -> new Part(Kind.FIXED, hex(word));
    };
  }

  /** A byte of two hex digits. */
  static int hex(String word) {
    if (!word.matches("[0-9A-Fa-f]{2}")) {
      throw new IllegalArgumentException("a byte has two hex digits");
    }
    return Integer.parseInt(word, 16);
  }
}
