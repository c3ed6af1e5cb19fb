package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.code.CodeBytes;
import dev.doorstep.protocol.Tables;
import dev.doorstep.protocol.operation.ScannedCode;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** What a code's bytes say: AIM identifier (bytes 0–2: ], a letter, a digit) and text. */
final class ScannedText {
  private static final int AIM_LENGTH = 3;
  private static final Properties SYMBOLOGIES =
      Tables.read(ScannedText.class, "symbologies.properties");

  private ScannedText() {}

  /** Reads a code as its scanner is set up. */
  static ScannedCode of(byte[] code, ScannerOptions options) {
    Optional<String> identifier = options.aim() ? identifier(code) : Optional.empty();
    int head = identifier.isPresent() ? AIM_LENGTH : 0;
    CodeBytes.Text text =
        CodeBytes.read(ByteBuffer.wrap(code, head, code.length - head).slice(), options.charset());
    return new ScannedCode(
        text.text(), identifier.map(ScannedText::symbology), text.charset().map(Charset::name));
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
}
