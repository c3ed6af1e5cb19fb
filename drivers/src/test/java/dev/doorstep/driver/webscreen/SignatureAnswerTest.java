package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAnswerTest {
  private static Optional<SignatureAnswer.Given> read(String rest) {
    return SignatureAnswer.read(("{'id':'t'," + rest + "}").replace('\'', '"'), "t");
  }

  @Test
  void aSignatureOrTheLackOfOne() {
    assertThat(read("'answer':'SIGNED','strokes':[[1,1,1,1,900,900,8,1],[4800,1600,8,0]]"))
        .hasValueSatisfying(given -> assertThat(given.ink()).isPresent());
    assertThat(read("'answer':'DECLINED'"))
        .hasValueSatisfying(given -> assertThat(given.ink()).isEmpty());
    assertThat(SignatureAnswer.read("{\"id\":\"t\",\"answer\":\"DECLINED\"}", "u")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'answer':'SIGNED'",
        "'answer':'SIGNED','strokes':[]",
        "'answer':'SIGNED','strokes':[[]]",
        "'answer':'SIGNED','strokes':[[1,1,1,1]]",
        "'answer':'SIGNED','strokes':[[1,1,1]]",
        "'answer':'SIGNED','strokes':[[1,1,9,1,900,900,8,1]]",
        "'answer':'SIGNED','strokes':[[1,1,1,1,4801,1,1,1]]",
        "'answer':'SIGNED','strokes':[[1,-1,1,1,900,1,1,1]]",
        "'answer':'SIGNED','strokes':[[1,1,1,1,900,1,900001,1]]",
        "'answer':'SIGNED','strokes':[[1,1,1,1,900,1,1,1001]]",
        "'answer':'SIGNED','strokes':[[1,1,1,1,900,1,1,null]]",
        "'answer':'SIGNED','strokes':[null]",
        "'answer':'SIGNED','strokes':'x'",
        "'answer':'DECLINED','strokes':[[1,1,1,1,900,900,8,1]]",
        "'answer':'TIMED_OUT'",
        "'answer':'YES'"
      })
  void anythingElseIsNeither(String bad) {
    assertThat(read(bad)).isEmpty();
  }

  @Test
  void moreInkThanAnybodyHasIsNone() {
    String most = "0,0,1,1,900,0,1,1,".repeat(Ink.MOST_POINTS / 2 - 1) + "0,0,1,1,900,0,1,1";
    assertThat(read("'answer':'SIGNED','strokes':[[" + most + "]]")).isPresent();
    assertThat(read("'answer':'SIGNED','strokes':[[" + most + "],[1,1,1,1]]")).isEmpty();
  }

  @Test
  void thePageKeepsTheSameLimits() throws IOException {
    Map<String, Integer> limits = new HashMap<>();
    try (InputStream page =
        Objects.requireNonNull(SignatureAnswer.class.getResourceAsStream("page/signature.js"))) {
      String script = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      Pattern.compile("^const ([A-Z_]+) = ([0-9]+);", Pattern.MULTILINE)
          .matcher(script)
          .results()
          .forEach(limit -> limits.put(limit.group(1), Integer.valueOf(limit.group(2))));
    }
    assertThat(limits)
        .containsEntry("WIDTH", Ink.WIDTH)
        .containsEntry("HEIGHT", Ink.HEIGHT)
        .containsEntry("MOST_POINTS", Ink.MOST_POINTS)
        .containsEntry("SHORTEST", Ink.SHORTEST)
        .containsEntry("NUMBERS", Ink.NUMBERS)
        .containsEntry("THIN", Ink.THIN)
        .containsEntry("THICK", Ink.THICK)
        .containsEntry("FULL", Ink.FULL_PRESSURE)
        .containsEntry("LATEST", Ink.LATEST);
  }
}
