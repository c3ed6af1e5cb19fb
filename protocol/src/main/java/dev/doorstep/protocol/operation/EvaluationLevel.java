package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Words;
import java.util.Locale;

/**
 * The five levels of satisfaction (好差评). They have names and no numbers: two standards number them
 * in opposite directions.
 */
public enum EvaluationLevel {
  /** 非常满意. */
  VERY_SATISFIED,
  /** 满意. */
  SATISFIED,
  /** 基本满意. */
  FAIRLY_SATISFIED,
  /** 不满意. */
  DISSATISFIED,
  /** 非常不满意. */
  VERY_DISSATISFIED;

  /** The level as people read it. */
  public String text(Locale locale) {
    return Words.of(EvaluationLevel.class, locale).text(name());
  }
}
