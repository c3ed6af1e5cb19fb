package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.operation.Evaluation;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page sends is an answer to the question, or none. */
class PageAnswerFuzzTest {
  @MethodSource("messages")
  @FuzzTest
  void answer(byte[] utf8) throws Exception {
    String message = new String(utf8, StandardCharsets.UTF_8);

    var evaluation = PageAnswer.read(message, "q1");

    if (evaluation.isPresent()) {
      assertThat(message).contains("answer");
      assertThat(Codec.read(Evaluation.class, Codec.write(evaluation.get())))
          .isEqualTo(evaluation.get());
    }
    assertThat(PageAnswer.read(message, "another\n")).isEmpty();
  }

  static Stream<byte[]> messages() {
    return Stream.of(
            "{\"id\":\"q1\",\"answer\":\"GIVEN\",\"level\":\"SATISFIED\"}",
            "{\"id\":\"q1\",\"answer\":\"DECLINED\"}",
            "{\"id\":\"q1\",\"answer\":\"GIVEN\",\"level\":null}",
            "[]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
