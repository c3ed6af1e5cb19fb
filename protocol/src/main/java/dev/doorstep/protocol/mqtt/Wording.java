package dev.doorstep.protocol.mqtt;

import dev.doorstep.protocol.Words;
import java.util.List;
import java.util.Locale;

/**
 * A text that is told in the reader's language, once that is known.
 *
 * @param key its name in {@code words.properties}
 * @param arguments what stands in it: wordings, or what is the same in every language
 */
record Wording(String key, List<Object> arguments) {
  Wording {
    arguments = List.copyOf(arguments);
  }

  /** A text with its arguments. */
  static Wording of(String key, Object... arguments) {
    return new Wording(key, List.of(arguments));
  }

  /** The text in a language. */
  String in(Locale locale) {
    Object[] told =
        arguments.stream()
            .map(it -> it instanceof Wording part ? part.in(locale) : it.toString())
            .toArray();
    return Words.of(Wording.class, locale).text(key, told);
  }
}
