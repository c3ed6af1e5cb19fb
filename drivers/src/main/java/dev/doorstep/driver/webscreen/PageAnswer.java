package dev.doorstep.driver.webscreen;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.EvaluationLevel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the page sends. Nothing else passes: no other member, no other name, no level without {@code
 * GIVEN} and none with {@code DECLINED}.
 *
 * @param id the question's
 * @param answer what was pressed
 * @param level the level, with {@code GIVEN} alone
 */
record PageAnswer(String id, OpenEnum<Press> answer, Optional<OpenEnum<EvaluationLevel>> level) {
  private static final Set<String> MEMBERS = Set.of("id", "answer", "level");

  /** What a resident can press. */
  enum Press {
    /** One of the levels. */
    GIVEN,
    /** The button that is none. */
    DECLINED
  }

  /** Checks that both are there that must be. */
  PageAnswer {
    if (id == null || answer == null) {
      throw new IllegalArgumentException("no answer of a page");
    }
  }

  /**
   * The result that a message of the page stands for.
   *
   * @param id the question that is open
   * @return empty if the message is not an answer to it, whatever else it may be
   */
  static Optional<Evaluation> read(String message, String id) {
    try {
      ObjectNode tree = Codec.read(ObjectNode.class, message.getBytes(StandardCharsets.UTF_8));
      if (!MEMBERS.containsAll(tree.propertyNames())) {
        return Optional.empty();
      }
      PageAnswer answer = Codec.read(PageAnswer.class, tree);
      return answer.id.equals(id) ? answer.evaluation() : Optional.empty();
    } catch (InvalidMessageException e) {
      return Optional.empty(); // its text may name what was typed; the device counts the message
    }
  }

  private Optional<Evaluation> evaluation() {
    if (answer.is(Press.GIVEN)) {
      return level.flatMap(name -> name.as(EvaluationLevel.class)).map(Evaluation::given);
    }
    return answer.is(Press.DECLINED) && level.isEmpty()
        ? Optional.of(Evaluation.none(Evaluation.Answer.DECLINED))
        : Optional.empty();
  }
}
