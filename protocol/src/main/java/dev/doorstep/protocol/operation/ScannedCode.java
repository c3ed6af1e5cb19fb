package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * A code that was scanned: the result of {@code code.read}, and the data of the event {@code
 * code.scanned}. It may stand for a person, so it is passed on as it came and kept nowhere.
 *
 * @param text what the code says
 * @param symbology the kind of code, such as {@code QR_CODE} or {@code EAN_13}, if the scanner says
 *     so; the three characters of its AIM identifier if they are not known
 * @param charset what the text was read as if it is not ASCII alone, and the code does not say it
 *     itself: {@code GBK}, {@code UTF-8}, or {@code ISO-8859-1}, one character a byte, if it is
 *     neither
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ScannedCode(String text, Optional<String> symbology, Optional<String> charset) {
  /** Checks that there is a text. */
  public ScannedCode {
    Objects.requireNonNull(text, "text is missing");
  }

  /** The kind alone: what it says may stand for a person. */
  @Override
  public String toString() {
    return "ScannedCode[" + symbology.orElse("?") + "]";
  }
}
