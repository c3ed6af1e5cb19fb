package dev.doorstep.driver.serialpad;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Tables;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.Evaluation.Answer;
import dev.doorstep.protocol.operation.EvaluationLevel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How a model differs from others, from {@code models.properties} and the device's configuration.
 *
 * @param frame what it sends when a key is pressed
 * @param keys what each key means; one that is not in it means nothing
 * @param lamps what lights its lamps and what puts them out; empty if it has none
 * @param query what asks whether it is there and what it says to that; empty if it cannot be asked
 */
record PadModel(
    FramePattern frame,
    Map<Integer, Evaluation> keys,
    Optional<Lamps> lamps,
    Optional<Query> query) {
  private static final List<String> DESCRIBING =
      List.of("frame", "keys", "lamps-on", "lamps-off", "query", "reply");

  /** The keys in the configuration. */
  static final Set<String> OPTIONS =
      Set.of("model", "frame", "keys", "lamps-on", "lamps-off", "query", "reply");

  private static final int FEWEST_LEVELS = 2;
  private static final Properties MODELS = Tables.read(PadModel.class, "models.properties");

  /** The frames to its lamps. */
  record Lamps(FramePattern on, FramePattern off) {}

  /** The frames that show that it is there. */
  record Query(FramePattern question, FramePattern reply) {}

  /** Checks that a resident has a choice. */
  PadModel {
    keys = Map.copyOf(keys);
    long levels =
        keys.values().stream().flatMap(answer -> answer.level().stream()).distinct().count();
    if (levels < FEWEST_LEVELS) {
      throw new IllegalArgumentException("keys: a pad has two levels at least");
    }
    demandParts("frame", frame, 1, true);
    lamps.ifPresent(
        it -> {
          demandParts("lamps-on", it.on(), 0, false);
          demandParts("lamps-off", it.off(), 0, false);
        });
    query.ifPresent(
        it -> {
          demandParts("query", it.question(), 0, false);
          demandParts("reply", it.reply(), 0, true);
        });
  }

  /**
   * The model that a device's configuration names or describes.
   *
   * @throws DeviceException {@code UNSUPPORTED} with what is wrong with the description
   */
  static PadModel of(DeviceSettings settings) throws DeviceException {
    Optional<String> name = settings.option("model");
    if (name.isPresent() ? !names().contains(name.get()) : settings.option("frame").isEmpty()) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "model: must be one of %s, or frame and keys describe the pad"
              .formatted(String.join(", ", names())));
    }
    Map<String, String> description = new HashMap<>();
    for (String key : DESCRIBING) {
      name.map(it -> MODELS.getProperty(it + "." + key))
          .ifPresent(value -> description.put(key, value));
      settings.option(key).ifPresent(value -> description.put(key, value));
    }
    try {
      return new PadModel(
          pattern(description, "frame").orElseThrow(),
          keys(Optional.ofNullable(description.get("keys")).orElse("")),
          pair(description, "lamps-on", "lamps-off", Lamps::new),
          pair(description, "query", "reply", Query::new));
    } catch (IllegalArgumentException e) {
      throw new DeviceException(ErrorCode.UNSUPPORTED, String.valueOf(e.getMessage()), e);
    }
  }

  /** The names of all models. */
  static List<String> names() {
    return MODELS.stringPropertyNames().stream()
        .filter(key -> key.endsWith(".frame"))
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .sorted()
        .toList();
  }

  /** The frames that may come from it. A reply is none of a key, whatever the key's looks like. */
  List<FramePattern> incoming() {
    return query.map(it -> List.of(it.reply(), frame)).orElse(List.of(frame));
  }

  private static Map<Integer, Evaluation> keys(String table) {
    Map<Integer, Evaluation> keys = new HashMap<>();
    for (String line : table.split(",", -1)) {
      String[] words = line.strip().split(" +", 2);
      try {
        String answer = words.length < 2 ? "" : words[1];
        if (keys.put(FramePattern.hex(words[0]), answer(answer)) != null) {
          throw new IllegalArgumentException("stands there twice");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "keys: %s: %s; a key is as 03 VERY_SATISFIED, and the next follows a comma"
                .formatted(line.strip(), e.getMessage()),
            e);
      }
    }
    return keys;
  }

  private static Evaluation answer(String word) {
    if (word.equals(Answer.DECLINED.name())) {
      return Evaluation.none(Answer.DECLINED);
    }
    return Arrays.stream(EvaluationLevel.values())
        .filter(level -> level.name().equals(word))
        .findFirst()
        .map(Evaluation::given)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "means none of %s and DECLINED"
                        .formatted(
                            String.join(
                                ", ",
                                Arrays.stream(EvaluationLevel.values())
                                    .map(Enum::name)
                                    .toList()))));
  }

  private static <T> Optional<T> pair(
      Map<String, String> description,
      String first,
      String second,
      BiFunction<FramePattern, FramePattern, T> both) {
    Optional<FramePattern> one = pattern(description, first);
    Optional<FramePattern> other = pattern(description, second);
    if (one.isPresent() != other.isPresent()) {
      throw new IllegalArgumentException("%s and %s go together".formatted(first, second));
    }
    return one.map(it -> both.apply(it, other.orElseThrow()));
  }

  private static Optional<FramePattern> pattern(Map<String, String> description, String key) {
    try {
      return Optional.ofNullable(description.get(key)).map(FramePattern::parse);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static void demandParts(String what, FramePattern pattern, int keys, boolean any) {
    if (pattern.count(FramePattern.Kind.KEY) != keys) {
      throw new IllegalArgumentException(
          what + (keys == 0 ? ": has no key in it" : ": needs one byte that is the key"));
    }
    if (!any && pattern.count(FramePattern.Kind.ANY) > 0) {
      throw new IllegalArgumentException(what + ": what is sent cannot be any byte");
    }
  }
}
