package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.conformance.Rule;
import dev.doorstep.protocol.operation.EvaluationLevel;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  private static Properties load(Path file) throws IOException {
    Properties words = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      words.load(in);
    }
    return words;
  }

  @Test
  void standInBothLanguages() throws IOException {
    List<Path> english;
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
      english = files.filter(file -> file.endsWith("words.properties")).toList();
    }

    assertThat(english).hasSizeGreaterThanOrEqualTo(2);
    for (Path file : english) {
      Properties words = load(file);
      assertThat(load(file.resolveSibling("words_zh.properties")).keySet())
          .as(file.toString())
          .isEqualTo(words.keySet());
      assertThat(words.values()).noneMatch(text -> text.toString().isBlank());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellARecoveryForEveryError(ErrorCode code) {
    String english = code.recovery(Locale.ENGLISH);
    String chinese = code.recovery(Locale.SIMPLIFIED_CHINESE);

    assertThat(english).isNotBlank().matches("[ -~]+").doesNotContain("''");
    assertThat(chinese).isNotBlank().isNotEqualTo(english).containsPattern("\\p{IsHan}");
    assertThat(code.recovery(Locale.FRENCH)).isEqualTo(english);
    assertThat(code.recovery(Locale.CHINA)).isEqualTo(chinese);
  }

  @ParameterizedTest
  @EnumSource
  void nameEveryLevel(EvaluationLevel level) {
    assertThat(level.text(Locale.ENGLISH)).isNotBlank();
    assertThat(level.text(Locale.CHINESE)).containsPattern("\\p{IsHan}");
  }

  @ParameterizedTest
  @EnumSource
  void sayEveryRule(Rule rule) {
    assertThat(rule.text(Locale.ENGLISH)).matches("[ -~]+[.]").doesNotContain("''", "|");
    assertThat(rule.text(Locale.CHINESE)).containsPattern("\\p{IsHan}").endsWith("。");
    assertThat(rule.group().text(Locale.CHINESE)).containsPattern("\\p{IsHan}");
  }
}
