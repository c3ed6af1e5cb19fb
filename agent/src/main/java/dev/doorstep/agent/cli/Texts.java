package dev.doorstep.agent.cli;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Words;
import java.util.Locale;

/** The words of the command line, in the language that was asked for. */
final class Texts {
  private Texts() {}

  /** One text. */
  static String text(String key, Object... arguments) {
    return Words.of(Texts.class, Locale.getDefault()).text(key, arguments);
  }

  /** A state of a command, in words; one that is not known stays as it is. */
  static String state(OpenEnum<State> state) {
    return state.as(State.class).map(known -> text("state." + known)).orElse(state.text());
  }
}
