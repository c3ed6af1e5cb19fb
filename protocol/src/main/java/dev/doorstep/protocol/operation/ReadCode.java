package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;

/**
 * {@code code.read}: reads the next code that is shown to a scanner or a camera. One that a scanner
 * read before the command is not given for it; one that lies before a camera is.
 *
 * @param patience {@code wait}: how long to wait for a code, PT0S to PT15M; absent means PT20S
 */
public record ReadCode(
    @JsonProperty("wait") @Defaulted("PT20S") @Bounds(min = 0, max = 900) Duration patience)
    implements Operation<ScannedCode> {
  /** The operation's type. */
  public static final OperationType<ReadCode, ScannedCode> TYPE =
      new OperationType<>("code.read", ReadCode.class, ScannedCode.class);

  /** Checks the range. */
  public ReadCode {
    patience = Waits.check(patience, Duration.ofSeconds(20));
  }

  @Override
  public OperationType<ReadCode, ScannedCode> type() {
    return TYPE;
  }
}
