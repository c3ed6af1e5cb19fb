package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page sends is a signature that can be drawn, no signature, or nothing. */
class SignatureAnswerFuzzTest {
  private static final String TASK = "zHq0";

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"id\":\"zHq0\",\"answer\":\"DECLINED\"}",
            "{\"id\":\"zHq0\",\"answer\":\"SIGNED\",\"strokes\":[[0,0,5,500,600,800,90,1000]]}",
            "{\"id\":\"zHq0\",\"answer\":\"SIGNED\",\"strokes\":[[1,2,3]]}",
            "[[]]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void answer(byte[] utf8) {
    String message = new String(utf8, StandardCharsets.UTF_8);

    var given = SignatureAnswer.read(message, TASK);

    given
        .flatMap(SignatureAnswer.Given::ink)
        .ifPresent(
            ink -> {
              assertThat(ink.svg("0".repeat(64)).size()).isLessThan(200_000);
              assertThat(ink.png().size()).isPositive();
            });
  }
}
