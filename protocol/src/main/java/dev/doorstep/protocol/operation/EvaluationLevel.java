package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Words;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The five levels of satisfaction (好差评). They have names and no numbers: two standards number them
 * in opposite directions.
 */
public enum EvaluationLevel {
  /** 非常满意. */
  VERY_SATISFIED(5),
  /** 满意. */
  SATISFIED(4),
  /** 基本满意. */
  FAIRLY_SATISFIED(3),
  /** 不满意. */
  DISSATISFIED(2),
  /** 非常不满意. */
  VERY_DISSATISFIED(1);

  private static final int LEVELS = 5;
  private final int satisfaction;

  EvaluationLevel(int satisfaction) {
    this.satisfaction = satisfaction;
  }

  /** The level of a number in 好差评 interfaces ({@code satisfaction}); empty if it is none. */
  public static Optional<EvaluationLevel> ofSatisfaction(int number) {
    return Arrays.stream(values()).filter(level -> level.satisfaction == number).findFirst();
  }

  /** The level of a number in table A.8 of GB/T 39046-2020; empty if it is none. */
  public static Optional<EvaluationLevel> ofGbT39046(int number) {
    return Arrays.stream(values()).filter(level -> level.gbT39046() == number).findFirst();
  }

  /** Its number in 好差评 interfaces ({@code satisfaction}): 5 is the best. */
  public int satisfaction() {
    return satisfaction;
  }

  /** Its number in table A.8 of GB/T 39046-2020: 1 is the best. */
  public int gbT39046() {
    return LEVELS + 1 - satisfaction;
  }

  /** The level as people read it. */
  public String text(Locale locale) {
    return Words.of(EvaluationLevel.class, locale).text(name());
  }
}
