package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.protocol.Tables;
import dev.doorstep.protocol.operation.ScannedCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What a code's bytes say: AIM identifier (bytes 0–2: ], a letter, a digit) and text. */
final class ScannedText {
  private static final int AIM_LENGTH = 3;
  private static final Charset GBK = Charset.forName("GBK");
  private static final Properties SYMBOLOGIES =
      Tables.read(ScannedText.class, "symbologies.properties");

  private ScannedText() {}

  /** Reads a code as its scanner is set up. */
  static ScannedCode of(byte[] code, ScannerOptions options) {
    Optional<String> identifier = options.aim() ? identifier(code) : Optional.empty();
    int head = identifier.isPresent() ? AIM_LENGTH : 0;
    ByteBuffer text = ByteBuffer.wrap(code, head, code.length - head);
    for (Charset charset : charsets(options.charset(), text)) {
      Optional<String> read = strictly(charset, text.duplicate());
      if (read.isPresent()) {
        Optional<String> named =
            Optional.of(charset.name()).filter(name -> !charset.equals(StandardCharsets.US_ASCII));
        return new ScannedCode(read.get(), identifier.map(ScannedText::symbology), named);
      }
    }
    return new ScannedCode(
        StandardCharsets.ISO_8859_1.decode(text).toString(),
        identifier.map(ScannedText::symbology),
        Optional.of(StandardCharsets.ISO_8859_1.name()));
  }

  /** In what order they are tried. */
  private static List<Charset> charsets(Charset usual, ByteBuffer text) {
    boolean utf8 = !usual.equals(GBK) || isChineseInUtf8(text);
    return utf8
        ? List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_8, GBK)
        : List.of(StandardCharsets.US_ASCII, GBK, StandardCharsets.UTF_8);
  }

  /**
   * Whether all of its characters that are not ASCII have three bytes or more in UTF-8, as Chinese
   * ones have. Such a text is often GBK, too, but nothing that anybody writes; a text in GBK that
   * happens to be UTF-8 has characters of two bytes.
   */
  private static boolean isChineseInUtf8(ByteBuffer text) {
    return strictly(StandardCharsets.UTF_8, text.duplicate())
        .map(read -> read.chars().allMatch(c -> c < 0x80 || c >= 0x800))
        .orElse(false);
  }

  private static Optional<String> identifier(byte[] code) {
    boolean there =
        code.length >= AIM_LENGTH
            && code[0] == ']'
            && Character.isLetter(code[1])
            && Character.isLetterOrDigit(code[2]);
    return there
        ? Optional.of(new String(code, 0, AIM_LENGTH, StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  /** The identifier's own name, or that of its letter, or the identifier itself. */
  private static String symbology(String identifier) {
    String ofLetter = SYMBOLOGIES.getProperty(identifier.substring(1, 2), identifier);
    return SYMBOLOGIES.getProperty(identifier.substring(1), ofLetter);
  }

  private static Optional<String> strictly(Charset charset, ByteBuffer text) {
    try {
      return Optional.of(charset.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty(); // the next charset's turn; logging it would tell of a person
    }
  }
}
