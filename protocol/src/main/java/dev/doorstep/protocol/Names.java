package dev.doorstep.protocol;

import java.security.SecureRandom;

/** The names that appear in topics: points, devices, clients, blobs and command ids. */
public final class Names {
  private static final int LONGEST = 64;
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int RANDOM_LENGTH = 26;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Names() {}

  /** A new name that nobody guesses: 26 digits of Crockford's base 32, 130 random bits. */
  public static String random() {
    StringBuilder name = new StringBuilder(RANDOM_LENGTH);
    RANDOM
        .ints(RANDOM_LENGTH, 0, DIGITS.length())
        .forEach(digit -> name.append(DIGITS.charAt(digit)));
    return name.toString();
  }

  /** Whether {@code text} is 1 to 64 of {@code A-Z a-z 0-9 _ -}. */
  public static boolean valid(String text) {
    int length = text.length();
    boolean valid = length > 0 && length <= LONGEST;
    for (int i = 0; valid && i < length; i++) { // several of each message: no pattern
      char c = text.charAt(i);
      valid =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
    }
    return valid;
  }

  /**
   * Gives {@code text} back if it is a valid name.
   *
   * @param what what the name is of, for the message
   * @throws IllegalArgumentException if it is not; the message does not repeat the text
   */
  public static String check(String what, String text) {
    if (!valid(text)) {
      throw new IllegalArgumentException(what + " must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return text;
  }
}
