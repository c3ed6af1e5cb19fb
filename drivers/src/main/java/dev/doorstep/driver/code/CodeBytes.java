package dev.doorstep.driver.code;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the bytes of a code, of which few say what they are written in. */
public final class CodeBytes {
  /** What most codes in China were written in before UTF-8. */
  public static final Charset GBK = Charset.forName("GBK");

  private CodeBytes() {}

  /**
   * A text.
   *
   * @param charset what it was read as; empty if it is ASCII alone
   */
  public record Text(String text, Optional<Charset> charset) {
    /** The charset alone: what a code says may stand for a person. */
    @Override
    public String toString() {
      return "Text[" + charset.map(Charset::name).orElse("ASCII") + "]";
    }
  }

  /**
   * The text of some bytes: ASCII, what is usual here or else the other of GBK and UTF-8, or, if
   * they are neither, ISO-8859-1, a character a byte.
   *
   * @param usual GBK or UTF-8
   */
  public static Text read(ByteBuffer bytes, Charset usual) {
    Optional<String> ascii = strictly(StandardCharsets.US_ASCII, bytes);
    if (ascii.isPresent()) {
      return new Text(ascii.get(), Optional.empty());
    }
    boolean utf8 = !usual.equals(GBK) || isChineseInUtf8(bytes);
    List<Charset> order =
        utf8 ? List.of(StandardCharsets.UTF_8, GBK) : List.of(GBK, StandardCharsets.UTF_8);
    for (Charset charset : order) {
      Optional<String> read = strictly(charset, bytes);
      if (read.isPresent()) {
        return new Text(read.get(), Optional.of(charset));
      }
    }
    Charset any = StandardCharsets.ISO_8859_1;
    return new Text(any.decode(bytes.duplicate()).toString(), Optional.of(any));
  }

  /**
   * Whether all of its characters that are not ASCII have three bytes or more in UTF-8, as Chinese
   * ones have. Such a text is often GBK, too, but nothing that anybody writes; a text in GBK that
   * happens to be UTF-8 has characters of two bytes.
   */
  private static boolean isChineseInUtf8(ByteBuffer bytes) {
    return strictly(StandardCharsets.UTF_8, bytes)
        .map(read -> read.chars().allMatch(c -> c < 0x80 || c >= 0x800))
        .orElse(false);
  }

  private static Optional<String> strictly(Charset charset, ByteBuffer bytes) {
    try {
      return Optional.of(charset.newDecoder().decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty(); // the next charset's turn; logging it would tell of a person
    }
  }
}
