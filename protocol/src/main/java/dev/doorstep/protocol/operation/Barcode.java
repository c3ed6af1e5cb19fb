package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import java.util.Objects;

/**
 * A bar code on a ticket.
 *
 * @param symbology the kind of code
 * @param text what it says: for CODE_128, 1 to 80 characters of ASCII without control characters;
 *     for CODE_39, 1 to 40 of digits, capital letters and {@code - . $ / + %} and space; for
 *     EAN_13, 12 digits, or 13 of which the last is their check digit
 */
@Also(
    """
    {"oneOf":[
      {"properties":{"symbology":{"const":"CODE_128"},"text":{"pattern":"^[ -~]{1,80}$"}}},
      {"properties":{"symbology":{"const":"CODE_39"},"text":{"pattern":"^[-0-9A-Z. $/+%]{1,40}$"}}},
      {"properties":{"symbology":{"const":"EAN_13"},"text":{"pattern":"^[0-9]{12,13}$"}}}]}
    """)
public record Barcode(Symbology symbology, @Bounds(min = 1, max = 80) String text) {
  /** Checks that the code can say the text. */
  public Barcode {
    Objects.requireNonNull(symbology, "symbology is missing");
    Objects.requireNonNull(text, "text is missing");
    if (!text.matches(symbology.form)) {
      throw new IllegalArgumentException("text is none that " + symbology + " can say");
    }
    if (symbology == Symbology.EAN_13
        && text.length() == 13
        && text.charAt(12) - '0' != checkDigit(text)) {
      throw new IllegalArgumentException("text has a wrong check digit");
    }
  }

  /** The kinds of bar code that every printer knows. */
  public enum Symbology {
    /** Any ASCII. */
    CODE_128("[ -~]{1,80}"),
    /** Digits and capital letters. */
    CODE_39("[-0-9A-Z. $/+%]{1,40}"),
    /** The number of an article. */
    EAN_13("[0-9]{12,13}");

    private final String form;

    Symbology(String form) {
      this.form = form;
    }
  }

  /** The kind alone: what it says may be personal. */
  @Override
  public String toString() {
    return "Barcode[" + symbology + "]";
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return (10 - sum % 10) % 10;
  }
}
