package dev.doorstep.driver.webscreen;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.Signature;
import java.util.List;
import java.util.Optional;

/**
 * What the page answers to a document that is to be signed.
 *
 * @param id the task's
 * @param answer what was pressed
 * @param strokes with {@code SIGNED} alone: of each stroke, x, y, time and pressure of its points
 */
record SignatureAnswer(
    String id, OpenEnum<Signature.Answer> answer, Optional<List<List<Integer>>> strokes) {
  /** Checks that both are there that must be. */
  SignatureAnswer {
    if (id == null || answer == null) {
      throw new IllegalArgumentException("no answer of a page");
    }
  }

  /**
   * What came of a message.
   *
   * @param ink the signature; empty if the resident does not want to sign
   */
  record Given(Optional<Ink> ink) {}

  /** What a message says to a task; empty if it is no answer to it, whatever else it may be. */
  static Optional<Given> read(String message, String task) {
    return PageMessage.read(message, SignatureAnswer.class)
        .filter(answer -> answer.id.equals(task))
        .flatMap(SignatureAnswer::given);
  }

  private Optional<Given> given() {
    if (answer.is(Signature.Answer.DECLINED) && strokes.isEmpty()) {
      return Optional.of(new Given(Optional.empty()));
    }
    if (!answer.is(Signature.Answer.SIGNED)) {
      return Optional.empty();
    }
    try {
      return strokes.map(numbers -> new Given(Optional.of(Ink.of(numbers))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no signature; the device counts the message
    }
  }

  /** Nothing of it: it is a person's hand. */
  @Override
  public String toString() {
    return "SignatureAnswer";
  }
}
