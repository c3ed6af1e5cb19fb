package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Words;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * A reason for a level, as the 好差评 interfaces number them ({@code evalDetail}).
 *
 * @param code three digits, the first of which is the level's {@code satisfaction}
 * @param level the level that it is offered for
 */
public record EvaluationReason(String code, EvaluationLevel level) {
  private static final Map<EvaluationLevel, List<EvaluationReason>> ALL = read();

  /** The reasons that are offered for a level, in the order of their codes. */
  public static List<EvaluationReason> of(EvaluationLevel level) {
    return ALL.getOrDefault(level, List.of());
  }

  /** The reason as people read it. */
  public String text(Locale locale) {
    return Words.of(EvaluationReason.class, locale).text("reason." + code);
  }

  private static Map<EvaluationLevel, List<EvaluationReason>> read() {
    ResourceBundle codes =
        ResourceBundle.getBundle(EvaluationReason.class.getPackageName() + ".reasons", Locale.ROOT);
    Map<EvaluationLevel, List<EvaluationReason>> all = new EnumMap<>(EvaluationLevel.class);
    for (EvaluationLevel level : EvaluationLevel.values()) {
      all.put(
          level,
          Arrays.stream(codes.getString(level.name()).split(" "))
              .map(code -> new EvaluationReason(code, level))
              .toList());
    }
    return all;
  }
}
