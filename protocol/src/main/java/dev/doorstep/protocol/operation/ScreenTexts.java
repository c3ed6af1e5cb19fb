package dev.doorstep.protocol.operation;

import java.util.Optional;
import java.util.regex.Pattern;

/** The ranges of what stands on the resident's screen. */
final class ScreenTexts {
  static final int LONGEST_TITLE = 100;
  static final int LONGEST_TEXT = 2_000;
  static final String SHA256 = "^[0-9a-f]{64}$";

  private static final Pattern DIGEST = Pattern.compile(SHA256);

  private ScreenTexts() {}

  static void check(Optional<String> title, Optional<String> text) {
    length("title", title, LONGEST_TITLE);
    length("text", text, LONGEST_TEXT);
  }

  static void length(String what, Optional<String> text, int longest) {
    if (text.isPresent() && text.get().length() > longest) {
      throw new IllegalArgumentException(what + " must be at most " + longest + " characters long");
    }
  }

  static void checkDigest(String document) {
    if (!DIGEST.matcher(document).matches()) {
      throw new IllegalArgumentException("document must be 64 hexadecimal digits");
    }
  }
}
