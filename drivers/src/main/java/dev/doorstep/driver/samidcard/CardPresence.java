package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the card that was read still lies there. Such a card, and no other, answers 30 05
 * (management number) and 30 03 (appended address) without being found anew. Readers that do not
 * know the first are asked the second.
 */
final class CardPresence {
  /** What a look at the card shows. */
  enum Look {
    THERE,
    GONE,
    /** There was no time for a question that the reader understands. */
    NOT_SEEN
  }

  private final SamChannel channel;
  private boolean numbersKnown;
  private SamCommand question = SamCommand.MANAGEMENT_NUMBER;
  private Optional<SamFrame> first = Optional.empty();

  CardPresence(SamChannel channel) {
    this.channel = channel;
  }

  /** Begins anew: a card was read. */
  void read() {
    question = SamCommand.MANAGEMENT_NUMBER;
    first = Optional.empty();
  }

  /** Asks for it; a reader that is silent has none to ask, and may be slow to say so. */
  Look look(Deadline deadline) throws DeviceException {
    try {
      SamFrame answer = channel.call(question, deadline);
      if (question == SamCommand.MANAGEMENT_NUMBER) {
        numbersKnown |= answer.sw3() == SamFrame.OK;
        if (!numbersKnown) {
          question = SamCommand.ADDRESS;
          if (deadline.remaining().compareTo(question.time()) < 0) {
            return Look.NOT_SEEN;
          }
          answer = channel.call(question, deadline);
        }
      }
      return same(answer) ? Look.THERE : Look.GONE;
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.TIMEOUT) {
        throw e;
      }
      return Look.GONE;
    }
  }

  private boolean same(SamFrame answer) {
    boolean answers =
        answer.sw3() == SamFrame.OK
            || (question == SamCommand.ADDRESS && answer.sw3() == SamFrame.NO_CONTENT);
    if (!answers) {
      return false;
    }
    SamFrame known = first.orElse(answer);
    first = Optional.of(known);
    return known.sw3() == answer.sw3() && Arrays.equals(known.data(), answer.data());
  }
}
