package dev.doorstep.driver.echo;

import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import java.util.Objects;

/**
 * {@code x-echo.say}: has the device say a text.
 *
 * @param text at most 1000 bytes of UTF-8, without line ends
 */
public record Say(String text) implements Operation<Said> {
  /** The operation's type. */
  public static final OperationType<Say, Said> TYPE =
      new OperationType<>("x-echo.say", Say.class, Said.class);

  /** Checks the text. */
  public Say {
    EchoLine.check(Objects.requireNonNull(text, "text is missing"));
  }

  @Override
  public OperationType<Say, Said> type() {
    return TYPE;
  }
}
