package dev.doorstep.driver.samidcard;

/** The check digit of 18-character numbers: GB 11643, which is ISO 7064 MOD 11-2. */
final class CheckDigit {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String DIGITS = "10X98765432";

  private CheckDigit() {}

  /** Whether the number has 18 characters of which the last is the check digit of the others. */
  static boolean holds(String number) {
    if (number.length() != WEIGHTS.length + 1) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      int digit = number.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      sum += WEIGHTS[i] * digit;
    }
    return number.charAt(WEIGHTS.length) == DIGITS.charAt(sum % DIGITS.length());
  }
}
