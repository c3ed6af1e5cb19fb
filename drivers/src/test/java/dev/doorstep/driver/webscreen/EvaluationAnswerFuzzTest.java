package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page sends is an answer to the question, or none. */
class EvaluationAnswerFuzzTest {
  private static final AskEvaluation QUESTION =
      new AskEvaluation(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          true,
          Duration.ofSeconds(1));

  private static final EvaluationTask TASK = named("q1", EvaluationTask.of(QUESTION));

  private static EvaluationTask named(String id, EvaluationTask task) {
    return new EvaluationTask(
        task.task(),
        id,
        task.levels(),
        task.number(),
        task.item(),
        task.window(),
        task.staff(),
        task.comment());
  }

  @MethodSource("messages")
  @FuzzTest
  void answer(byte[] utf8) throws Exception {
    String message = new String(utf8, StandardCharsets.UTF_8);

    var evaluation = EvaluationAnswer.read(message, TASK);

    if (evaluation.isPresent()) {
      assertThat(message).contains("answer");
      assertThat(Codec.read(Evaluation.class, Codec.write(evaluation.get())))
          .isEqualTo(evaluation.get());
    }
    assertThat(EvaluationAnswer.read(message, EvaluationTask.of(QUESTION))).isEmpty();
  }

  static Stream<byte[]> messages() {
    return Stream.of(
            "{\"id\":\"q1\",\"answer\":\"GIVEN\",\"level\":\"SATISFIED\"}",
            "{\"id\":\"q1\",\"answer\":\"DECLINED\"}",
            "{\"id\":\"q1\",\"answer\":\"GIVEN\",\"level\":\"SATISFIED\",\"reasons\":[null],"
                + "\"comment\":\" \"}",
            "{\"id\":\"q1\",\"answer\":\"GIVEN\",\"level\":null}",
            "[]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
